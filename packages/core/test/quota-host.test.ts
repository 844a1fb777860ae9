import { afterEach, expect, test } from '@jest/globals';
import { Acme, closeAll, serve } from './acme.ts';

afterEach(closeAll);

test('hosts that share a quota are counted together', async () => {
  const one = await serve();
  const other = { url: one.url.replace('127.0.0.1', 'localhost') };
  const options = { quota: [{ key: 'account', limit: 1, windowMs: 60_000 }], deadline: 5_000 };
  const profile = { account: 'quota-host', quotaHost: 'acme.example' };
  await new Acme(one, options, profile).call();
  const refused = new Acme(other, options, profile).call();
  await expect(refused).rejects.toMatchObject({ code: 'QUOTA_WAIT_EXCEEDED' });
  // Without it, each host counts for itself.
  await new Acme(one, options, { account: 'quota-host' }).call();
  expect(one.requests).toHaveLength(2);
});
