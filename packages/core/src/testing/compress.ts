import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import type { EmulatorAnswer, EmulatorRequest } from './messages.ts';

/**
 * Compresses an answer with gzip or deflate if the request's `Accept-Encoding` allows it, as vendors do.
 * An answer without a body, or with a `Content-Encoding` already, is returned as it is.
 */
export function compress(request: EmulatorRequest, answer: EmulatorAnswer): EmulatorAnswer {
  const names = Object.keys(answer.headers ?? {}).map((name) => name.toLowerCase());
  if (!answer.body || names.includes('content-encoding')) return answer;
  const coding = preferredCoding(request.headers['accept-encoding'] ?? '');
  if (coding === undefined) return answer;
  const body = coding === 'gzip' ? gzipSync(answer.body) : deflateSync(answer.body);
  const headers = { ...answer.headers, 'content-encoding': coding, vary: 'accept-encoding' };
  return { ...answer, headers, body };
}

/** gzip before deflate; a coding with the weight 0 is refused (RFC 9110, 12.5.3). */
function preferredCoding(acceptEncoding: string): 'gzip' | 'deflate' | undefined {
  const accepted = acceptEncoding
    .toLowerCase()
    .split(',')
    .map((item) => item.split(';').map((part) => part.trim()))
    .filter(([, weight]) => weight === undefined || !/^q=0(\.0*)?$/.test(weight))
    .map(([name]) => name);
  return (['gzip', 'deflate'] as const).find((coding) => accepted.includes(coding));
}

/** A request's body without its compression. */
export function decompress(body: Buffer, contentEncoding: string | undefined): Buffer {
  if (contentEncoding === 'gzip') return gunzipSync(body);
  if (contentEncoding === 'deflate') return inflateSync(body);
  return body;
}
