import { expect, test } from '@jest/globals';
import { visit } from './visit.ts';

const createOrUpdate = 'externalCampaignService.createOrUpdateTarget';
const getDetails = 'externalCampaignService.getCampaignTargetDetails';
const campaignTargetId = 9_007_199_254_740_993n;

test('a target of a campaign is made, changed and shown', () => {
  const { ask } = visit();
  const given = { code: 'NIGHT', internalName: 'Night owls', contactNumbers: ['333', 334] };
  expect(ask(createOrUpdate, given)).toMatchObject({ statusCode: 'success', campaignTargetId });
  ask(createOrUpdate, { campaignTargetId, internalName: 'Early birds', contactNumbers: [] });
  expect(ask(getDetails, { campaignTargetId })).toMatchObject({
    campaignTarget: {
      campaignTargetId,
      code: 'NIGHT',
      internalName: 'Early birds',
      contactNumbers: ['333', '334'],
    },
  });
});

test('each target has an id of its own', () => {
  const { ask } = visit();
  ask(createOrUpdate, { code: 'A' });
  expect(ask(createOrUpdate, { code: 'B' })).toMatchObject({
    campaignTargetId: campaignTargetId + 2n,
  });
});

test.each([
  [createOrUpdate, { campaignTargetId }, 'error.campaignTarget.unknown'],
  [createOrUpdate, { contactNumbers: ['333', '1'] }, 'error.contact.unknown'],
  [getDetails, { campaignTargetId }, 'error.campaignTarget.unknown'],
  [getDetails, {}, 'error.campaignTarget.unknown'],
])('%s with %p is refused with %s', (operation, parameters, statusCode) => {
  expect(visit().ask(operation, { ...parameters }).statusCode).toBe(statusCode);
});
