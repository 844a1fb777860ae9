import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VendorError } from '@vendorkit/core';
import type { LoadedDocuments } from '../../wsdl/documents.ts';
import { parseWsdl } from '../../wsdl/parse-wsdl.ts';
import { readWsdlFile } from '../../wsdl/read-wsdl-file.ts';
import { help, isUrl, readCommandLine, WrongUsage, type Command } from './command-line.ts';
import { fetchWsdl } from './fetch-wsdl.ts';
import { replaceFile } from './replace-file.ts';
import { writeTypes } from '../write-types.ts';

/** Where a command's output goes, and where it was started from. */
export interface CommandContext {
  /** Takes what was asked for. */
  readonly print: (text: string) => void;
  /** Takes one line, without its end, if something is wrong. */
  readonly complain: (line: string) => void;
  /** The file of the program: the package above it has the version. */
  readonly program: string;
}

/**
 * Runs the command line.
 *
 * @param args - What was typed after the program's name.
 * @returns The exit code: 0, 1 for a failure, 2 for a command line that makes no sense.
 */
export async function runCommand(
  args: readonly string[],
  context: CommandContext,
): Promise<number> {
  try {
    await perform(readCommandLine(args), context);
    return 0;
  } catch (error) {
    const isUsage = error instanceof WrongUsage;
    const message = isUsage ? `${error.message}. Try secutix-soap --help` : describe(error);
    context.complain(`secutix-soap: ${oneLine(message)}`);
    return isUsage ? 2 : 1;
  }
}

async function perform(command: Command, { print, program }: CommandContext): Promise<void> {
  switch (command.kind) {
    case 'help':
      print(help);
      break;
    case 'version':
      print(`${versionAbove(program)}\n`);
      break;
    case 'types': {
      const text = await typesOf(command);
      if (command.out === undefined) print(text);
      else await writeOut(command.out, text);
    }
  }
}

type TypesCommand = Command & { readonly kind: 'types' };

async function typesOf(command: TypesCommand): Promise<string> {
  const { service } = command;
  const documents = await documentsOf(command);
  return writeTypes(parseWsdl(documents, service === undefined ? {} : { service }));
}

async function documentsOf({ wsdl, headers, folder }: TypesCommand): Promise<LoadedDocuments> {
  if (!isUrl(wsdl)) return readWsdlFile(wsdl, folder);
  if (/^file:/i.test(wsdl)) return readWsdlFile(fileURLToPath(wsdl), folder);
  return fetchWsdl(wsdl, headers);
}

async function writeOut(file: string, text: string): Promise<void> {
  try {
    await replaceFile(file, text);
  } catch (error) {
    const { code } = error as { code?: string };
    throw new Error(`${file} cannot be written (${code}).`, { cause: error });
  }
}

/** The version of the package that a file is part of. */
function versionAbove(file: string): string {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = manifestIn(folder);
    if (manifest?.version !== undefined) return manifest.version;
    if (folder === dirname(folder)) return 'unknown';
  }
}

function manifestIn(folder: string): { version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version?: string };
  } catch {
    return undefined;
  }
}

function describe(error: unknown): string {
  if (VendorError.is(error)) return [error.message, error.hint ?? ''].join(' ');
  return (error as { message?: string }).message ?? 'It failed for no known reason';
}

/** Terminals obey control characters, and what fails may quote a stranger. */
function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{C}]+/gu, ' ').trim();
}
