import { refusedInput } from '@vendorkit/core';
import {
  findService,
  newestVersion,
  readName,
  upperCamel,
  versionOfSegment,
  versionSegment,
  type ServiceInfo,
} from '@vendorkit/secutix-shared';
import type { ServiceTarget, WsdlFile, WsdlSource } from './options.ts';

/** A place at the vendor: a path below the client's base URL, and a query as it is written. */
export interface VendorPlace {
  readonly path: string;
  readonly query: string;
}

/** What a client knows of where services are. */
export interface VendorSite {
  readonly baseUrl: URL;
  /** Where WSDLs come from, unless a service says otherwise. */
  readonly wsdl: WsdlSource;
}

/** Where a service is, as far as that is known before its WSDL is read. */
export interface ServiceAddress {
  /** The vendor's name of it; absent if only the WSDL tells it. */
  readonly service: string | undefined;
  /** The version that was asked for. */
  readonly version: string | undefined;
  /** The service's own path, for a WSDL that does not tell it. */
  readonly path: string | undefined;
  /** Where the WSDL is. */
  readonly wsdl: VendorPlace | WsdlFile;
}

/** The address of a service whose name is known. */
export interface NamedAddress extends ServiceAddress {
  readonly service: string;
}

/**
 * Finds out where a service and its WSDL are:
 * `{module}/external-remoting/{package}.v{major}_{minor}.{Service}.webservice`, and `?wsdl` behind it
 * (SecuTix SOAP 4.3; module and package from the vendor's pages).
 *
 * @param name - The service's name in either form, or the address of the service or of its WSDL.
 * @param field - What the name is called in errors, if its options are a part of it.
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function resolveAddress(
  name: unknown,
  target: ServiceTarget,
  site: VendorSite,
  field?: string,
): ServiceAddress {
  const fields = { name: field ?? 'service', options: field ?? 'options' };
  if (typeof name === 'string' && name.includes('://')) {
    return addressOfUrl(name, target, site.baseUrl, fields);
  }
  const given = readName(fields.name, name);
  const known = findService(given) ?? findService(upperCamel(given));
  const service = known?.name ?? upperCamel(given);
  const wsdl = target.wsdl ?? site.wsdl;
  if (wsdl === 'remote') return vendorAddress(service, known, target, fields);
  const path = pathOf(service, { module: known?.module, package: known?.soapPackage, ...target });
  if ('file' in wsdl) return { service, version: target.version, path, wsdl };
  const place = placeOfUrl(wsdl.url, `${fields.options}.wsdl.url`, site.baseUrl);
  return { service, version: target.version ?? versionOf(place.path), path, wsdl: place };
}

/** What a service's name and its options are called in errors. */
interface Fields {
  readonly name: string;
  readonly options: string;
}

/** Where a URL leads if it stands at the vendor: the client goes nowhere else. */
function placeOf(url: URL, baseUrl: URL): VendorPlace | undefined {
  const prefix = baseUrl.pathname.replace(/\/$/, '');
  if (url.origin !== baseUrl.origin || !`${url.pathname}/`.startsWith(`${prefix}/`)) {
    return undefined;
  }
  const query = url.search.slice(1).replaceAll(/[^\w!$%&'()*+,./:;=?@~-]/g, encodeURIComponent);
  return { path: url.pathname.slice(prefix.length) || '/', query };
}

/** The name and the version in a path of the vendor's form. */
const vendorForm = /\/external-remoting\/(?:[\w.]+\.)?(v\d+_\d+)\.([A-Za-z]\w*)\.webservice$/;

function versionOf(path: string): string | undefined {
  return versionOfSegment(vendorForm.exec(path)?.[1] ?? '');
}

function vendorAddress(
  service: string,
  known: ServiceInfo | undefined,
  target: ServiceTarget,
  { options }: Fields,
): ServiceAddress {
  const version = target.version ?? (known && newestVersion(known));
  const module = target.module ?? known?.module ?? undefined;
  const javaPackage = target.package ?? known?.soapPackage ?? undefined;
  const isUnknown = (what: string) => `The ${what} of \`${service}\` is not known; give it here`;
  if (module === undefined) throw refused(`${options}.module`, isUnknown('module'));
  if (javaPackage === undefined) throw refused(`${options}.package`, isUnknown('Java package'));
  if (version === undefined) throw refused(`${options}.version`, isUnknown('version'));
  const path = pathOf(service, { module, package: javaPackage, version });
  return { service, version, path, wsdl: { path: path ?? '', query: 'wsdl' } };
}

/** The path of the vendor's form, if all its parts are known. */
function pathOf(
  service: string,
  parts: {
    readonly module?: string | null | undefined;
    readonly package?: string | null | undefined;
    readonly version?: string | undefined;
  },
): string | undefined {
  const { module, package: javaPackage, version } = parts;
  if (!module || !javaPackage || version === undefined) return undefined;
  return `/${module}/external-remoting/${javaPackage}.${versionSegment(version)}.${service}.webservice`;
}

/** Somebody who knows only an address can call the service, whatever the form of the address. */
function addressOfUrl(
  text: string,
  target: ServiceTarget,
  baseUrl: URL,
  fields: Fields,
): ServiceAddress {
  const [superfluous] = Object.keys(target);
  if (superfluous !== undefined) {
    throw refused(
      `${fields.options}.${superfluous}`,
      'The address that was given tells it already',
    );
  }
  const place = placeOfUrl(text, fields.name, baseUrl);
  const isFile = /\.(?:wsdl|xml)$/i.test(place.path);
  const [, , service] = vendorForm.exec(place.path) ?? [];
  return {
    service,
    version: versionOf(place.path),
    path: isFile ? undefined : place.path,
    wsdl: isFile || place.query !== '' ? place : { ...place, query: 'wsdl' },
  };
}

function placeOfUrl(text: string, field: string, baseUrl: URL): VendorPlace {
  if (!URL.canParse(text)) throw refused(field, 'Expected an absolute URL');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw refused(field, 'Credentials do not belong in it');
  }
  const place = placeOf(url, baseUrl);
  if (place !== undefined) return place;
  throw refused(
    field,
    `It is not below the client's base URL, ${baseUrl.origin}${baseUrl.pathname}`,
  );
}

function refused(field: string, problem: string): Error {
  return refusedInput('INVALID_REQUEST', field, problem);
}
