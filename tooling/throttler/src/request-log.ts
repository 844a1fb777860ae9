/** A request as the application saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** When it arrived, in milliseconds since the Unix epoch. */
  readonly arrivedAt: number;
  readonly status: number;
  /** What the throttler told: the answer's headers that speak of the limit, in lower case. */
  readonly told: Readonly<Record<string, string>>;
}

interface Incoming {
  readonly method: string;
  readonly originalUrl: string;
}

interface Outgoing {
  readonly statusCode: number;
  getHeaders(): Readonly<Record<string, unknown>>;
  once(event: 'finish', listener: () => void): void;
}

/** A middleware that notes each request once it is answered. */
export function recordRequests(requests: SeenRequest[]) {
  return (request: Incoming, response: Outgoing, next: () => void): void => {
    const arrivedAt = Date.now();
    response.once('finish', () => {
      requests.push({
        method: request.method,
        path: request.originalUrl,
        arrivedAt,
        status: response.statusCode,
        told: limitHeaders(response.getHeaders()),
      });
    });
    next();
  };
}

function limitHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const names = Object.keys(headers).filter((name) => /^(x-ratelimit-|retry-after)/.test(name));
  return Object.fromEntries(names.map((name) => [name, String(headers[name])]));
}
