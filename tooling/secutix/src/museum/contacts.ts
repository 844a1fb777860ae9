import { museumContacts, type MuseumContact } from './museum-contacts.ts';
import { refused, type MethodResult, type MethodTable } from './method-result.ts';
import { countOf, listOf, objectsOf, textOf, type CallParameters } from './parameters.ts';

/** The people that the museum knows. */
export class Contacts {
  readonly #contacts = new Map<string, MuseumContact>();

  /** @param count - How many there are at first. */
  constructor(count: number) {
    for (const contact of museumContacts(count)) this.#contacts.set(contact.contactNumber, contact);
  }

  /** How many there are. */
  get size(): number {
    return this.#contacts.size;
  }

  /** The contact with this number. */
  find(contactNumber: string | undefined): MuseumContact | undefined {
    return contactNumber === undefined ? undefined : this.#contacts.get(contactNumber);
  }

  /** The methods of `contactInformationPublicService`. */
  get methods(): MethodTable {
    return {
      'contactInformationPublicService.getContactData': (parameters) => this.#data(parameters),
      'contactInformationPublicService.searchContact': (parameters) => this.#search(parameters),
      'contactInformationPublicService.createCulturalContact': (parameters) =>
        this.#create(parameters),
    };
  }

  #data(parameters: CallParameters): Readonly<Record<string, unknown>> {
    const contact = this.find(textOf(parameters, 'contactNumber'));
    if (contact === undefined) return unknownContact();
    const details = listOf(parameters, 'details');
    const wants = (detail: string) => details.length === 0 || details.includes(detail);
    return {
      contactNumber: contact.contactNumber,
      ...(wants('GENERAL') ? { individualContact: general(contact) } : {}),
      ...(wants('ADDRESSES') ? { addresses: [contact.address] } : {}),
      ...(wants('COM_MEANS')
        ? { communicationMeans: [{ kind: 'EMAIL', value: contact.email }] }
        : {}),
      ...(wants('CRITERIA') ? { contactCriteria: [{ code: 'NEWSLETTER', value: true }] } : {}),
      ...(wants('FINANCIAL') ? { balanceAmount: contact.balanceAmount } : {}),
    };
  }

  #search(parameters: CallParameters): Readonly<Record<string, unknown>> {
    const first = countOf(parameters, 'minIndex') ?? 0;
    const count = countOf(parameters, 'nbMaxResults') ?? 100;
    const lastName = textOf(parameters, 'lastName')?.toLowerCase();
    const email = textOf(parameters, 'email')?.toLowerCase();
    const found = [...this.#contacts.values()]
      .filter((contact) => lastName === undefined || contact.lastName.toLowerCase() === lastName)
      .filter((contact) => email === undefined || contact.email === email);
    return { contacts: found.slice(first, first + count).map(general), total: found.length };
  }

  #create(parameters: CallParameters): Readonly<Record<string, unknown>> {
    const created = objectsOf(parameters, 'contactDataList').map((data, index) => {
      const [template] = museumContacts(1);
      if (template === undefined) throw new RangeError('The museum has no contacts.');
      const contactNumber = String(100_001 + this.#contacts.size + index);
      const contact: MuseumContact = {
        ...template,
        contactId: template.contactId + 2_000_000n + BigInt(this.#contacts.size + index) * 2n,
        contactNumber,
        firstName: textOf(data, 'firstName') ?? '',
        lastName: textOf(data, 'lastName') ?? '',
        email: textOf(data, 'email') ?? '',
      };
      return contact;
    });
    for (const contact of created) this.#contacts.set(contact.contactNumber, contact);
    return {
      contacts: created.map(({ contactId, contactNumber }) => ({ contactId, contactNumber })),
    };
  }
}

/** The refusal of a call that names a contact there is not. The code is assumed. */
export function unknownContact(): MethodResult {
  return refused('error.contact.unknown', 'There is no contact with this number.');
}

function general(contact: MuseumContact): object {
  const { contactId, contactNumber, firstName, lastName, language, birthDate } = contact;
  return { contactId, contactNumber, firstName, lastName, language, birthDate };
}
