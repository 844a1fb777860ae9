import { randomBytes } from 'node:crypto';
import { S1Seven, stringifyJson, type ClientHooks } from '@vendorkit/s1seven';
import { startS1SevenEmulator } from '@vendorkit/s1seven/testing';
import { seconds } from './contacts.ts';
import { receiveHooks, withResolver, type HookReceiver } from './hook-receiver.ts';
import type { Screen } from './screen.ts';

/** How the certificate of the steel was notarized. */
export interface SteelReport {
  /** How long it took from the notarization's beginning until both ways had told its end. */
  readonly elapsedMs: number;
  /** How many access tokens were asked for. */
  readonly tokens: number;
}

/** The certificate of the plates that the museum's new wing is made of, as an ERP would write it. */
const certificate = {
  RefSchemaUrl: 'https://schemas.s1seven.com/en10168-schemas/v0.4.1/schema.json',
  DocumentMetadata: { id: '7f1d4c52-0d6e-4f0a-9d58-2d5a1f0c3b10', version: 1, state: 'valid' },
  Certificate: {
    CertificateLanguages: ['EN', 'DE'],
    CommercialTransaction: { A01: { CompanyName: 'Steelworks' }, A03: '9007199254740993' },
    ProductDescription: { B01: 'Heavy plate', B02: 'S355J2+N', B07: [9_007_199_254_740_993n] },
  },
};

/** Has a certificate checked and notarized, and is told of it over MQTT and by a webhook. */
export async function notarizeSteel(hooks: ClientHooks, screen: Screen): Promise<SteelReport> {
  const secret = randomBytes(16).toString('base64url');
  const emulator = await startS1SevenEmulator({ notarizationMs: 300 });
  const receiver = await receiveHooks(secret);
  try {
    await using s1 = new S1Seven({ ...emulator.options, hooks });
    await askForHooks(s1, receiver, secret);
    const { promise: overMqtt, resolve } = withResolver<{ payload: unknown }>();
    const clientId = `company_${emulator.options.companyId}_demo`;
    await s1.subscribe({ resource: 'certificates', action: 'notarize_one' }, resolve, { clientId });

    const text = stringifyJson(certificate);
    await s1.certificates.validate(text);
    const startedAt = performance.now();
    const identity = emulator.identityId;
    const { hash, jobId } = await s1.certificates.notarize(text, { identity });
    screen.line(`valid; hash ${hash.value.slice(0, 16)}…, job ${String(jobId).slice(0, 8)}…`);

    const [event, hook] = await Promise.all([overMqtt, receiver.event]);
    const elapsedMs = performance.now() - startedAt;
    screen.line(`over MQTT:  ${transactionOf(event)}, acknowledged after the handler`);
    screen.line(`by webhook: ${transactionOf(hook)}, signed ${hook.signedAt.toISOString()}`);
    const { isValid } = await s1.certificates.verify(text);
    screen.line(`notarized in ${seconds(elapsedMs)}; verified: ${isValid}`);

    await tryToDeceive(receiver, emulator.deliveries[0], screen);
    return { elapsedMs, tokens: emulator.state.tokensIssued };
  } finally {
    await receiver.close();
    await emulator.close();
  }
}

async function askForHooks(s1: S1Seven, { url }: HookReceiver, secret: string): Promise<void> {
  await s1.hooks.create({
    secret,
    connectionUrl: url,
    contentType: 'application/json',
    status: 'enabled',
    enableSSL: true,
    scopes: [{ resource: 'certificates', actions: ['notarize_one'] }],
  });
}

function transactionOf({ payload }: { payload: unknown }): string {
  const { transactionId } = Object(payload) as { transactionId?: unknown };
  return `transaction ${String(transactionId).slice(0, 8)}…`;
}

/** Somebody sends what was delivered a second time, and something that was never signed. */
async function tryToDeceive(
  { url, rejections }: HookReceiver,
  captured: { body: string; headers: Readonly<Record<string, string>> } | undefined,
  screen: Screen,
): Promise<void> {
  const post = async (body: string, headers: Readonly<Record<string, string>>) => {
    const response = await fetch(url, { method: 'POST', body, headers });
    await response.arrayBuffer();
    return response.status;
  };
  const replayed = captured && (await post(captured.body, captured.headers));
  const forged = await post('{}', {});
  screen.line(
    `the same delivery again: ${replayed}; a forged one: ${forged} (${rejections.join(', ')})`,
  );
}
