import type { AttemptEndEvent, AttemptStartEvent, CallEndEvent, CallEvent } from './events.ts';
import type { OtelAttributes } from './otel-api.ts';

/** The attributes of whatever belongs to a call; their number stays small, as metrics need it. */
export function operationAttributes({ vendor, operation }: CallEvent): OtelAttributes {
  return { 'vendorkit.vendor': vendor, 'vendorkit.operation': operation };
}

/** How a call ended. */
export function callEndAttributes({ status, error }: CallEndEvent): OtelAttributes {
  return present({
    'http.response.status_code': status ?? error?.status,
    'error.type': error?.code,
  });
}

/** Where an attempt goes, by the semantic conventions for HTTP 1.23 and later. No URL: it may hold secrets. */
export function attemptAttributes({ method, host }: AttemptStartEvent): OtelAttributes {
  return { 'http.request.method': method, ...serverAttributes(host) };
}

/** How an attempt ended. A status that is an error is its own type, as the conventions want it. */
export function attemptEndAttributes({ status, code }: AttemptEndEvent): OtelAttributes {
  const isErrorStatus = code !== undefined && status !== undefined && status >= 400;
  return present({
    'http.response.status_code': status,
    'error.type': isErrorStatus ? String(status) : code,
  });
}

/** Attributes whose values are known. */
export function present(
  attributes: Record<string, string | number | boolean | undefined>,
): OtelAttributes {
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as OtelAttributes;
}

/** Milliseconds to the seconds that OpenTelemetry counts in. */
export function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}

/** `vendor.example:8443` and `[::1]:8443`, with or without the port, as `URL.host` writes them. */
function serverAttributes(host: string): OtelAttributes {
  const [, address = host, port] = /^(.*?)(?::(\d+))?$/.exec(host) ?? [];
  return present({
    'server.address': address.replaceAll(/[[\]]/g, ''),
    'server.port': port === undefined ? undefined : Number(port),
  });
}
