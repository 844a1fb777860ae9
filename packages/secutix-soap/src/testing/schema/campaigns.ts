import { assumedRecord, assumedResult, operation, service, type SchemaTypes } from './notation.ts';
import { requestId } from './shared-types.ts';

/** `ExternalCampaignService`, which has SOAP only: a public client, which shows no result. */
export const campaignService = service(
  'ExternalCampaignService',
  {
    createOrUpdateTarget: operation(
      {
        ...requestId,
        campaignTargetId: 'long~',
        code: 'string',
        internalName: 'string',
        contactNumbers: 'string*',
      },
      'CampaignTargetResult',
      'result',
    ),
    getCampaignTargetDetails: operation(
      { campaignTargetId: 'long' },
      'CampaignTargetDetailsResult',
      'result',
    ),
  },
  { hasSlash: true },
);

/** What campaigns speak of. */
export const campaignTypes: SchemaTypes = {
  CampaignTargetResult: assumedResult({ campaignTargetId: 'long' }),
  CampaignTargetDetailsResult: assumedResult({ campaignTarget: 'CampaignTarget' }),
  CampaignTarget: assumedRecord({
    campaignTargetId: 'long!',
    code: 'string~',
    internalName: 'string~',
    contactNumbers: 'string*',
  }),
};
