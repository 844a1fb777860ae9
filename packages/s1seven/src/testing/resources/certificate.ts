import { VendorProblem } from '../vendor/problem.ts';

/** A certificate in any of the vendor's formats. */
export type EmulatedCertificate = { readonly RefSchemaUrl: string } & Readonly<
  Record<string, unknown>
>;

/** What holds the content, in the formats that are public. */
const contents = ['Certificate', 'EcocData', 'DigitalMaterialPassport'];

/**
 * Checks what every format has: `RefSchemaUrl`, and an object with the content. The schemas themselves
 * are not applied.
 *
 * @throws VendorProblem 400 with what is missing in `details`.
 */
export function certificateOf(value: unknown): EmulatedCertificate {
  const certificate = (value ?? {}) as Readonly<Record<string, unknown>>;
  const details = [...schemaProblems(certificate), ...contentProblems(certificate)];
  if (details.length === 0) return certificate as EmulatedCertificate;
  throw new VendorProblem(400, 'The certificate is not valid.', { details });
}

function schemaProblems({ RefSchemaUrl }: Readonly<Record<string, unknown>>): string[] {
  if (typeof RefSchemaUrl !== 'string') return ['RefSchemaUrl is missing'];
  const isSchema = URL.canParse(RefSchemaUrl) && /^https:.*\.json$/.test(RefSchemaUrl);
  return isSchema ? [] : ['RefSchemaUrl is not the address of a schema'];
}

function contentProblems(certificate: Readonly<Record<string, unknown>>): string[] {
  const isThere = contents.some((name) => {
    const content = certificate[name];
    return typeof content === 'object' && content !== null && !Array.isArray(content);
  });
  return isThere ? [] : [`One of ${contents.join(', ')} must be an object`];
}
