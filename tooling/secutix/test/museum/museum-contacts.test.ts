import { expect, test } from '@jest/globals';
import { museumContacts } from '../../src/museum/museum-contacts.ts';

test('the contact 333 of the vendor’s examples is among the first', () => {
  expect(museumContacts(160).map(({ contactNumber }) => contactNumber)).toContain('333');
});

test('they are the same each time, and all different', () => {
  const contacts = museumContacts(160);
  expect(museumContacts(160)).toEqual(contacts);
  expect(new Set(contacts.map(({ contactId }) => contactId)).size).toBe(160);
  expect(new Set(contacts.map(({ email }) => email)).size).toBe(160);
});

test('no id survives a detour through a floating-point number', () => {
  for (const { contactId } of museumContacts(160)) {
    expect(BigInt(Number(contactId))).not.toBe(contactId);
  }
});
