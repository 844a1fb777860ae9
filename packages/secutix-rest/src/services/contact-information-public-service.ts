import type { Maybe, WebMethodResult } from '@vendorkit/secutix-shared';
import type { Method, MethodParameters, Unknowns } from './method.ts';

/** `ContactInformationPublicService` (module `tnco`, version 2.22): the people an institution knows. */
export interface ContactInformationPublicService {
  /** A contact, by number. Reads. Documented. */
  getContactData: Method<ContactDataParameters, ContactDataResult>;
  /** Makes contacts. **Writes.** Documented. */
  createCulturalContact: Method<CreateCulturalContactParameters, WebMethodResult>;
  /** Finds contacts. Reads. Known by name only. */
  searchContact: Method<MethodParameters, WebMethodResult>;
  /** Whether the service can be reached with these credentials. Reads. Documented. */
  isContactInformationPublicServiceAlive: Method<MethodParameters, WebMethodResult>;
}

/** A part of a contact. Others may be added by the vendor, so any text is accepted. */
export type ContactDetail =
  | 'GENERAL'
  | 'QUALITIES'
  | 'AUTHORIZATIONS'
  | 'CRITERIA'
  | 'INDICATORS'
  | 'ADVANTAGES'
  | 'ADDRESSES'
  | 'COM_MEANS'
  | 'FINANCIAL'
  | 'CONNECTIONS'
  | 'INDIVIDUAL_PHOTO'
  | 'INVALIDATED_QUALITIES'
  | (string & {});

/** Parameters of `getContactData`, from the vendor's page. */
export interface ContactDataParameters extends MethodParameters {
  readonly contactNumber?: string | number | bigint;
  /** The parts wanted. */
  readonly details?: readonly ContactDetail[];
}

/** Parameters of `createCulturalContact`, from the vendor's page. */
export interface CreateCulturalContactParameters extends MethodParameters {
  readonly contactDataList?: readonly unknown[];
}

/** A contact. The fields were seen in public clients. */
export interface ContactDataResult extends WebMethodResult {
  individualContact?: Maybe<Unknowns>;
  contactCriteria?: Maybe<unknown[]>;
}
