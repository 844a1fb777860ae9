import type { Call } from '../vendor/call.ts';
import { VendorProblem } from '../vendor/problem.ts';

/** The body of an update, whose id must be that of the path (assumed). @throws VendorProblem 400 */
export function sameId<Body extends { readonly id: string }>({
  body,
  id,
}: Call<Body, unknown>): Body {
  if (body.id === id) return body;
  throw new VendorProblem(400, 'The id of the body is not that of the path.');
}
