import { refusedInput } from '../errors/validate.ts';

/** An HTTP proxy. */
export interface Proxy {
  readonly isSecure: boolean;
  /** Host name, or address without brackets. */
  readonly host: string;
  readonly port: number;
  /** The headers that let a request pass: they hold the credentials, and only the proxy sees them. */
  credentials(): Record<string, string>;
}

/**
 * Reads a proxy's URL, `http://[user:password@]host[:port]`. Environment variables are not consulted.
 *
 * @throws VendorError `CONFIGURATION` with the field `proxy`. It never quotes the value.
 */
export function parseProxy(text: string): Proxy {
  if (typeof text !== 'string' || !URL.canParse(text)) throw refused('Expected an absolute URL');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refused('Expected an http or https URL');
  }
  if (url.pathname !== '/' || /[?#]/.test(text)) throw refused('It must have no path and no query');
  const isSecure = url.protocol === 'https:';
  const authorization = basicAuthorization(url);
  return {
    isSecure,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (isSecure ? 443 : 80),
    credentials: () => (authorization ? { 'proxy-authorization': authorization } : {}),
  };
}

/** RFC 7617, in UTF-8. */
function basicAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  try {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
  } catch {
    throw refused('Its credentials are not percent-encoded UTF-8');
  }
}

function refused(problem: string): Error {
  return refusedInput('CONFIGURATION', 'proxy', problem);
}
