import { z } from 'zod';

/**
 * The schema of a request's body, or of a part of it. A member that it does not know is refused: a
 * misspelt one would otherwise be ignored by the vendor, or lost.
 */
export function requestObject<Shape extends z.ZodRawShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? unknownMember : undefined),
  });
}

const unknownMember =
  'It is not known here; what the vendor added later can be sent with `s1.request()`';
