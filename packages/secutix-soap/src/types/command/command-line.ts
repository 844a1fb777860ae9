import { parseArgs } from 'node:util';

/** What was asked for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'types';
      /** A URL, or the path of a file. */
      readonly wsdl: string;
      readonly out: string | undefined;
      readonly service: string | undefined;
      /** The folder that a file's imports may not leave. */
      readonly folder: string | undefined;
      readonly headers: Readonly<Record<string, string>>;
    };

/** A command line that makes no sense. Its message is for whoever typed it. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

/** What `--help` prints. */
export const help = `Usage: secutix-soap types <wsdl> [options]

Writes TypeScript types of a SOAP service: an interface for each operation's parameters and result.

  <wsdl>                    an https URL, mostly one that ends in ?wsdl, or a file

Options:
  -o, --out <file>          the file to write; standard output if absent
  -s, --service <name>      which service, if the WSDL has several
  -f, --folder <folder>     where what a file imports lies; the file's own folder if absent
  -H, --header <header>     a header for the download, 'Name: value'; may be given several times
  -h, --help                prints this
      --version             prints the version
`;

const options = {
  out: { type: 'string', short: 'o' },
  service: { type: 'string', short: 's' },
  folder: { type: 'string', short: 'f' },
  header: { type: 'string', short: 'H', multiple: true },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** @throws WrongUsage */
export function readCommandLine(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  const [command, wsdl, ...others] = positionals;
  if (command !== 'types') throw new WrongUsage('Expected the command: types <wsdl>');
  if (wsdl === undefined || wsdl === '') throw new WrongUsage('Expected the URL or file of a WSDL');
  if (others.length > 0) throw new WrongUsage('Expected one WSDL');
  const { out, service, folder, header = [] } = values;
  if (out === '') throw new WrongUsage('Expected a file after --out');
  if (header.length > 0 && !isUrl(wsdl)) throw new WrongUsage('A file is read without --header');
  if (folder !== undefined && isUrl(wsdl)) throw new WrongUsage('A URL has no --folder');
  return { kind: 'types', wsdl, out, service, folder, headers: readHeaders(header) };
}

/** Whether something is meant as a URL. A Windows path has no two slashes after its drive. */
export function isUrl(wsdl: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(wsdl);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new WrongUsage((error as Error).message);
  }
}

/** A value may be a password, so that no message quotes one. */
function readHeaders(lines: readonly string[]): Record<string, string> {
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim();
    if (name === '') throw new WrongUsage("Expected a header such as 'Name: value'");
    return [name.toLowerCase(), line.slice(colon + 1).trim()];
  });
  return Object.fromEntries(headers) as Record<string, string>;
}
