import { unknownContact, type Contacts } from './contacts.ts';
import { refused, type MethodResult, type MethodTable } from './method-result.ts';
import { longOf, textOf, textsOf, type CallParameters } from './parameters.ts';

/** The people whom a campaign is meant for. */
interface CampaignTarget {
  readonly campaignTargetId: bigint;
  readonly code: string | null;
  readonly internalName: string | null;
  readonly contactNumbers: readonly string[];
}

/** 2^53 + 1: an id that a client with floating-point numbers loses. */
const firstTargetId = 9_007_199_254_740_993n;

/**
 * The methods of `ExternalCampaignService`, which has no REST form. Their parameters were seen in a
 * public client; the fields of their answers, and what an update leaves as it was, are assumed.
 */
export function campaignMethods(contacts: Contacts): MethodTable {
  const targets = new Map<bigint, CampaignTarget>();
  const find = (parameters: CallParameters) =>
    targets.get(longOf(parameters, 'campaignTargetId') ?? 0n);
  return {
    'externalCampaignService.createOrUpdateTarget': (parameters) => {
      const existing = find(parameters);
      const isUpdate = longOf(parameters, 'campaignTargetId') !== undefined;
      if (isUpdate && existing === undefined) return unknownTarget();
      const given = textsOf(parameters, 'contactNumbers');
      if (given.some((number) => contacts.find(number) === undefined)) return unknownContact();
      const campaignTargetId =
        existing?.campaignTargetId ?? firstTargetId + BigInt(targets.size) * 2n;
      targets.set(campaignTargetId, {
        campaignTargetId,
        code: textOf(parameters, 'code') ?? existing?.code ?? null,
        internalName: textOf(parameters, 'internalName') ?? existing?.internalName ?? null,
        contactNumbers: given.length === 0 ? (existing?.contactNumbers ?? []) : given,
      });
      return { campaignTargetId };
    },
    'externalCampaignService.getCampaignTargetDetails': (parameters) => {
      const target = find(parameters);
      return target === undefined ? unknownTarget() : { campaignTarget: target };
    },
  };
}

function unknownTarget(): MethodResult {
  return refused('error.campaignTarget.unknown', 'There is no such target of a campaign.');
}
