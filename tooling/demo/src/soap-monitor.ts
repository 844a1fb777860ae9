import { once } from 'node:events';
import { SecutixSoap, type UpEvent, type DownEvent } from '@vendorkit/secutix-soap';
import type { Screen } from './screen.ts';
import type { SoapVendor } from './soap-vendor.ts';

/**
 * Watches a service that breaks and comes back: a connection that is cut tells another story than a
 * password that is wrong.
 */
export async function watch({ options, emulator }: SoapVendor, screen: Screen): Promise<void> {
  await using soap = new SecutixSoap({ ...options, retry: { attempts: 1 } });
  const monitor = soap.monitor(['CatalogService'], { interval: emulator ? 200 : 300_000 });
  const [up] = (await once(monitor, 'up')) as [UpEvent];
  screen.line(`${up.service} ${up.version ?? ''} is up, ${up.latencyMs.toFixed(0)} ms`);
  if (emulator === undefined) return;
  emulator.faults.next('na');
  const [down] = (await once(monitor, 'down')) as [DownEvent];
  screen.line(`the connection breaks: down, ${down.reason} (${down.error.code})`);
  await once(monitor, 'up');
  screen.line('and up again');

  await using stranger = new SecutixSoap({ ...options, password: 'an old one' });
  const watched = stranger.monitor(['CatalogService'], { interval: 60_000 });
  const [refused] = (await once(watched, 'down')) as [DownEvent];
  screen.line(`with an old password: down, ${refused.reason} (${refused.error.code})`);
}
