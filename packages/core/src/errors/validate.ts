import { VendorError, type VendorErrorCode } from './vendor-error.ts';

/** One thing that a schema found wrong. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** The unknown members that were found. */
  readonly keys?: readonly string[];
  /** What is wrong with a member's name. */
  readonly issues?: readonly Problem[];
}

/** What {@link validate} needs of a schema; a zod schema fits. */
export interface Schema<Output> {
  /** Checks a value, and gives either its parsed form or what is wrong with it. */
  safeParse(
    input: unknown,
  ):
    | { success: true; data: Output }
    | { success: false; error: { readonly issues: readonly Problem[] } };
}

/**
 * Checks what the caller passed. The error names the first wrong field and never prints its value,
 * which may be a secret.
 *
 * @param root - What the checked value is called in a field's path; empty for a client's options.
 */
export function validate<Output>(
  schema: Schema<Output>,
  input: unknown,
  {
    code,
    root = '',
  }: { code: VendorErrorCode & ('CONFIGURATION' | 'INVALID_REQUEST'); root?: string },
): Output {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  const field = fieldPath(root, [...(problem?.path ?? []), ...(problem?.keys ?? []).slice(0, 1)]);
  const { message = 'Invalid input' } = problem?.issues?.[0] ?? problem ?? {};
  throw refusedInput(code, field, message);
}

/** The error of an input that was refused before anything was sent. */
export function refusedInput(
  code: 'CONFIGURATION' | 'INVALID_REQUEST',
  field: string,
  problem: string,
): VendorError {
  const sentence = problem.endsWith('.') ? problem : `${problem}.`;
  return new VendorError(`\`${field}\` was refused. ${sentence}`, {
    code,
    field,
    outcome: 'not-sent',
  });
}

/** `a.b[2]`: the way to a value, as JavaScript would write it. */
function fieldPath(root: string, path: readonly PropertyKey[]): string {
  const text = path.reduce<string>((way, step) => {
    const name = String(step);
    if (typeof step === 'number') return `${way}[${step}]`;
    // A name that could pass for something else in a log is quoted.
    if (!/^[\w$-]+$/.test(name)) return `${way}[${JSON.stringify(name)}]`;
    return way === '' ? name : `${way}.${name}`;
  }, root);
  return text === '' ? 'options' : text;
}
