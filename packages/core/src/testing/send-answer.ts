import type { ServerResponse } from 'node:http';
import type { EmulatorAnswer } from './messages.ts';

/** Writes an answer, dated by the server's clock and framed by its length. */
export function sendAnswer(response: ServerResponse, answer: EmulatorAnswer, date: string): void {
  const body = answer.body ?? '';
  const hasNoBody = answer.status === 204 || answer.status === 304;
  const length = hasNoBody ? {} : { 'content-length': Buffer.byteLength(body) };
  response.sendDate = false;
  response.writeHead(answer.status, { date, ...length, ...lowerCased(answer.headers ?? {}) });
  response.end(body);
}

/** The headers with their names in lower case, so that an answer's own replace the usual ones. */
export function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
