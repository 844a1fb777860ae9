import type { EmulatorAnswer } from '@vendorkit/core/testing';
import { z } from 'zod';
import { created, ok } from '../vendor/answers.ts';
import type { Call } from '../vendor/call.ts';
import { hashBytes, hashContent } from '../vendor/canonical.ts';
import { parsed } from '../vendor/input.ts';
import type { Notarization } from '../vendor/notary.ts';
import { VendorProblem } from '../vendor/problem.ts';
import type { IdentityRecord } from '../vendor/records.ts';
import { route, type Access, type Route } from '../vendor/route.ts';
import { readUpload } from '../vendor/upload.ts';
import { certificateOf, type EmulatedCertificate } from './certificate.ts';
import { anyObject, hashAlgorithmField, hashEncodingField } from './fields.ts';
import { rendered } from './rendering.ts';

const hashOptions = { algorithm: hashAlgorithmField, encoding: hashEncodingField.optional() };
const hashBody = z.strictObject({ ...hashOptions, source: anyObject });
const hashForm = z.strictObject({ ...hashOptions, contentType: z.enum(['json', 'csv']) });
const identityQuery = z.looseObject({ identity: z.string().min(1) });
const typeQuery = z.looseObject({ type: z.enum(['html', 'pdf']) });

/** Certificates: validated, hashed, rendered, notarized and verified, each from JSON or from a file. */
export const certificateRoutes: readonly Route[] = [
  ...bothWays('validate', { scopes: ['certificates:validate_one'] }, (_, certificate) =>
    ok(certificate),
  ),
  ...bothWays(
    'notarize',
    {
      scopes: ['certificates:notarize_one'],
      needsCompany: true,
      needsMode: true,
      isGuardedWhenLive: true,
      query: identityQuery,
    },
    notarize,
  ),
  ...bothWays('verify', { isOpen: true, needsMode: true }, verify),
  // The document of 2021 has `read_one` for it, the list of 2025 a `render_one`.
  ...bothWays(
    'render',
    { scopes: ['certificates:read_one', 'certificates:render_one'], query: typeQuery },
    ({ query }, certificate) => rendered(certificate, query.type),
  ),
  route('POST /certificates/hash', { body: hashBody }, ({ body }) => {
    const { algorithm, encoding, source } = body;
    return created(hashContent(source, algorithm, encoding));
  }),
  route('POST /certificates/hash-file', {}, async ({ request }) => {
    const { file, fields } = await readUpload(request);
    const options = hashForm.safeParse(fields);
    if (!options.success) throw new VendorProblem(400, 'The fields of the form are wrong.');
    const { algorithm, encoding = 'hex', contentType } = options.data;
    if (contentType === 'csv') return created(hashBytes(file, algorithm, encoding));
    return created(hashContent(parsed(file.toString()), algorithm, encoding));
  }),
  // Only the names of these two actions are public; what they answer with is assumed.
  route('POST /certificates', { scopes: ['certificates:create_one'], body: anyObject }, (call) => {
    const content = certificateOf(call.body);
    return created(call.world.records.certificates.add({ content, owner: call.company.id }));
  }),
  route('GET /certificates/{id}', { scopes: ['certificates:read_one'] }, (call) =>
    ok(call.world.records.certificates.get(call.id, call.isOfCompany)),
  ),
  route('GET /certificates/schemas', {}, () =>
    ok({
      'en10168-schemas': ['0.4.1'],
      'e-coc-schemas': ['1.0.0'],
      'coa-schemas': ['1.1.0'],
      'cdn-schemas': ['0.0.1'],
    }),
  ),
];

type Handler<Query> = (
  call: Call<unknown, Query>,
  certificate: EmulatedCertificate,
) => EmulatorAnswer;

/** The address for a certificate as JSON, and the one for a file. */
function bothWays<Query>(
  action: string,
  access: Access<never, Query>,
  handle: Handler<Query>,
): readonly Route[] {
  return [
    route<unknown, Query>(`POST /certificates/${action}`, { ...access, body: anyObject }, (call) =>
      handle(call, certificateOf(call.body)),
    ),
    route<unknown, Query>(`POST /certificates/${action}-file`, access, async (call) => {
      const { file } = await readUpload(call.request);
      return handle(call, certificateOf(parsed(file.toString())));
    }),
  ];
}

/** A job, or the transaction of the same content that was notarized before. */
function notarize(
  call: Call<unknown, z.output<typeof identityQuery>>,
  certificate: EmulatedCertificate,
): EmulatorAnswer {
  const { company, mode } = call;
  const identity = identityOf(call);
  const { notarization, isNew } = call.world.notary.submit(certificate, {
    mode,
    company,
    identity,
  });
  const { jobId, transactionId, hash, timestamp } = notarization;
  const reference = transactionId === undefined ? { jobId } : { transactionId };
  return created({ isNewInstance: isNew, timestamp, hash, ...reference });
}

function identityOf(call: Call<unknown, z.output<typeof identityQuery>>): IdentityRecord {
  const identity = call.world.records.identities.find(call.query.identity);
  if (identity?.status === 'valid' && call.isOfCompanyAndMode(identity)) return identity;
  throw new VendorProblem(400, 'There is no such identity.');
}

/** Whoever asks, whether a certificate was notarized in a mode is no secret. */
function verify(call: Call<unknown, unknown>, certificate: EmulatedCertificate): EmulatorAnswer {
  const found = call.world.notary.find(certificate, call.mode);
  const hash = hashContent(certificate);
  if (found?.transactionId === undefined) return ok({ isValid: false, hash });
  return ok({ isValid: true, hash, ...proofOf(found) });
}

function proofOf({ timestamp, transactionId, identity, company }: Notarization): object {
  const { id, publicKey } = identity;
  return { timestamp, transactionId, identity: { id, publicKey }, company: { name: company.name } };
}
