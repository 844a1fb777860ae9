/**
 * The version that the target namespace of a service tells (SecuTix SOAP 5.5), of the form `X.Y`:
 * `http://v1_33.CatalogService.service.secutix.com/` gives `1.33`. The vendor's examples end with a
 * slash or without one.
 *
 * @returns `undefined` if the namespace has no version in it.
 */
export function versionOfNamespace(namespace: string): string | undefined {
  const [, major, minor] = form.exec(namespace) ?? [];
  return major === undefined || minor === undefined ? undefined : `${major}.${minor}`;
}

const form = /^https?:\/\/v(0|[1-9]\d{0,4})_(0|[1-9]\d{0,4})\./;
