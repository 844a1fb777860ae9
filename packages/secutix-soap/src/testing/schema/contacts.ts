import {
  assumedRecord,
  assumedResult,
  enumeration,
  operation,
  result,
  service,
  type SchemaTypes,
} from './notation.ts';

const differences = { hasSlash: true, importsSchema: true };

/** `ContactInformationPublicService`: the vendor's pages; `searchContact` is known by name only. */
export const contactInformationService = service(
  'ContactInformationPublicService',
  {
    getContactData: operation(
      { contactNumber: 'string', details: 'ContactDetail*' },
      'ContactDataResult',
    ),
    createCulturalContact: operation(
      { contactDataList: 'CulturalContactData*' },
      'CulturalContactCreationResult',
    ),
    searchContact: operation(
      { lastName: 'string', email: 'string', minIndex: 'int', nbMaxResults: 'int' },
      'ContactSearchResult',
      'parameters',
      'result',
    ),
  },
  differences,
);

/** `ContactAuthenticationPublicService`: the exact names of its methods are not public. */
export const contactAuthenticationService = service(
  'ContactAuthenticationPublicService',
  {},
  differences,
);

/** What contacts speak of. */
export const contactTypes: SchemaTypes = {
  ContactDetail: enumeration(
    'GENERAL',
    'QUALITIES',
    'AUTHORIZATIONS',
    'CRITERIA',
    'INDICATORS',
    'ADVANTAGES',
    'ADDRESSES',
    'COM_MEANS',
    'FINANCIAL',
    'CONNECTIONS',
    'INDIVIDUAL_PHOTO',
    'INVALIDATED_QUALITIES',
  ),
  ContactDataResult: result({
    contactNumber: 'string',
    individualContact: 'IndividualContact',
    addresses: 'Address*',
    communicationMeans: 'CommunicationMean*',
    contactCriteria: 'ContactCriterion*',
    balanceAmount: 'long',
  }),
  IndividualContact: assumedRecord({
    contactId: 'long!',
    contactNumber: 'string!',
    firstName: 'string',
    lastName: 'string',
    language: 'string',
    birthDate: 'date',
  }),
  Address: assumedRecord({
    addressId: 'long!',
    line1: 'string',
    zipCode: 'string',
    town: 'string',
    countryCode: 'string',
  }),
  CommunicationMean: assumedRecord({ kind: 'string', value: 'string' }),
  ContactCriterion: assumedRecord({ code: 'string', value: 'boolean' }),
  CulturalContactData: assumedRecord({
    firstName: 'string',
    lastName: 'string',
    email: 'string',
  }),
  CulturalContactCreationResult: assumedResult({ contacts: 'CreatedContact*' }),
  CreatedContact: assumedRecord({ contactId: 'long!', contactNumber: 'string!' }),
  ContactSearchResult: assumedResult({ contacts: 'IndividualContact*', total: 'int' }),
};
