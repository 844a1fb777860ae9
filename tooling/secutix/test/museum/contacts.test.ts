import { expect, test } from '@jest/globals';
import { visit } from './visit.ts';

const getContactData = 'contactInformationPublicService.getContactData';

test('160 contacts are known, or as many as were asked for', () => {
  expect(visit().museum.state.contacts).toBe(160);
  expect(visit({ contacts: 3 }).museum.state.contacts).toBe(3);
});

test('a contact has an id above 2^53', () => {
  expect(visit().ask(getContactData, { contactNumber: '333' })).toMatchObject({
    contactNumber: '333',
    individualContact: { contactId: 9_007_199_254_741_057n, contactNumber: '333' },
    balanceAmount: expect.any(BigInt),
  });
});

test('a contact shows the parts that were asked for, and its number may be a number', () => {
  const answer = visit().ask(getContactData, { contactNumber: 333, details: ['ADDRESSES'] });
  expect(answer).toMatchObject({ addresses: [{ countryCode: 'CH' }] });
  expect(answer).not.toHaveProperty('individualContact');
});

test.each([[{}], [{ contactNumber: '1' }], [{ contactNumber: null }]])(
  'a contact that is asked for by %j is refused',
  (parameters) => {
    expect(visit().ask(getContactData, { ...parameters })).toMatchObject({
      statusCode: 'error.contact.unknown',
      statusDetail: expect.any(String),
    });
  },
);

test('a contact that was made can be found', () => {
  const { ask, museum } = visit();
  const contactDataList = [{ firstName: 'Ada', lastName: 'Lovelace' }];
  const made = ask('contactInformationPublicService.createCulturalContact', { contactDataList });
  expect(made).toMatchObject({ contacts: [{ contactNumber: '100161' }] });
  const found = ask('contactInformationPublicService.searchContact', { lastName: 'lovelace' });
  expect(found).toMatchObject({
    contacts: [{ firstName: 'Ada', contactNumber: '100161' }],
    total: 1,
  });
  expect(museum.state.contacts).toBe(161);
});
