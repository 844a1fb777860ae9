import { describe, expect, test } from '@jest/globals';
import { defaultQuota, quotaScopesOf } from '../src/quota.ts';

describe('the default quota', () => {
  test('is 180 a minute an institution, 60 a minute a service, one detailed catalogue in ten minutes', () => {
    expect(defaultQuota).toEqual([
      { key: 'institution', limit: 180, windowMs: 60_000 },
      { key: 'service', limit: 60, windowMs: 60_000 },
      {
        key: 'method',
        value: 'catalogService.getCatalogDetailed',
        limit: 1,
        windowMs: 600_000,
        polls: false,
      },
    ]);
  });

  test('finds the detailed catalogue by the scope of its call', () => {
    const call = { institution: 'MOSA', service: 'catalogService', method: 'getCatalogDetailed' };
    expect(quotaScopesOf(call).method).toBe(defaultQuota[2]?.value);
  });

  test('counts a call once, whichever name its service goes by', () => {
    const call = { institution: 'MOSA', method: 'getCatalogDetailed' };
    const scopes = quotaScopesOf({ ...call, service: 'CatalogService' });
    expect(scopes).toEqual(quotaScopesOf({ ...call, service: 'catalogService' }));
    expect(scopes).toEqual({
      institution: 'mosa',
      service: 'catalogService',
      method: defaultQuota[2]?.value,
    });
  });

  test.each([
    ['ExternalCampaignService', 'externalCampaignService'],
    ['externalCampaignService', 'externalCampaignService'],
    ['VoucherService', 'voucherService'],
    ['voucherService', 'voucherService'],
    ['tnai/backend-apis/v1', 'tnai/backend-apis/v1'],
  ])('counts %s, which has no known REST name, as %s', (service, counted) => {
    const scopes = quotaScopesOf({ institution: 'MOSA', service, method: 'read' });
    expect(scopes).toMatchObject({ service: counted, method: `${counted}.read` });
  });

  test('does not see a difference between spellings of an institution', () => {
    const call = { service: 'catalogService', method: 'getCatalog' };
    expect(quotaScopesOf({ ...call, institution: 'MOSA' })).toEqual(
      quotaScopesOf({ ...call, institution: 'mosa' }),
    );
  });
});
