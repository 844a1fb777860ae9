// A user's program in TypeScript: what it relies on must be typed.
import { SecutixRest, VendorError, type VendorErrorCode } from '@vendorkit/secutix-rest';
import { startSecutixRestEmulator } from '@vendorkit/secutix-rest/testing';

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
