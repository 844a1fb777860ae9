// A user's program in TypeScript: what it relies on must be typed.
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
