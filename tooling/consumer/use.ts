// A user's program in TypeScript: what it relies on must be typed.
import { S1Seven, type Certificate, type S1SevenEvent } from '@vendorkit/s1seven';
import { startS1SevenEmulator } from '@vendorkit/s1seven/testing';
import { SecutixRest, VendorError, type VendorErrorCode } from '@vendorkit/secutix-rest';
import { startSecutixRestEmulator } from '@vendorkit/secutix-rest/testing';
import { SecutixSoap, type SoapFaultError } from '@vendorkit/secutix-soap';
import { startSecutixSoapEmulator } from '@vendorkit/secutix-soap/testing';
import type { CatalogService } from './catalog-service.js';

export async function use(): Promise<VendorErrorCode | undefined> {
  const emulator = await startSecutixRestEmulator();
  await using secutix = new SecutixRest({ ...emulator.options, locale: 'fr' });
  try {
    const contacts = secutix.service('contactInformationPublicService', { version: '2.22' });
    const { data, response } = await contacts
      .getContactData({ contactNumber: '333' })
      .withResponse();
    const requestId: bigint | null | undefined = data.requestId;
    console.log(requestId, response.attempts);
  } catch (error) {
    if (VendorError.is(error)) return error.code;
    throw error;
  } finally {
    await emulator.close();
  }
  return undefined;
}

/** With the types that `secutix-soap types` wrote from the WSDL. */
export async function useSoap(): Promise<bigint[]> {
  const emulator = await startSecutixSoapEmulator();
  await using soap = new SecutixSoap({ ...emulator.options, security: 'bare' });
  const catalog = await soap.service<CatalogService>('CatalogService', { version: '1.33' });
  const { catalogData } = await catalog.call('getCatalog', { seasonCode: '2026' });
  // @ts-expect-error There is no such parameter.
  await catalog.call('getCatalog', { season: '2026' }).catch((error: SoapFaultError) => error.code);
  await emulator.close();
  return catalogData?.seasons.map(({ id }) => id) ?? [];
}

/** Everything of S1SEVEN that a user names. */
export async function useS1Seven(certificate: Certificate): Promise<string | undefined> {
  const emulator = await startS1SevenEmulator({ mode: 'test' });
  await using s1 = new S1Seven(emulator.options);
  const seen: S1SevenEvent[] = [];
  const filter = { resource: 'certificates', action: 'notarize_one' } as const;
  await using stream = await s1.subscribe(filter, async (event, { signal }) => {
    if (!signal.aborted) seen.push(event);
  });
  stream.on('gap', ({ since }) => console.log(since.toISOString()));
  const { identityId: identity } = emulator;
  const { jobId } = await s1.certificates.notarize(certificate, { identity });
  // @ts-expect-error An identity has to sign.
  await s1.certificates.notarize(certificate, {}).catch(() => jobId);
  const headers = { signature: S1Seven.webhooks.sign('{}', { secret: 'any' }) };
  const { resource } = S1Seven.webhooks.verify('{}', headers, { secret: 'any' });
  await emulator.close();
  return resource;
}
