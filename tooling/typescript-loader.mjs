// Lets Node run TypeScript sources as they are: `node --import ./typescript-loader.mjs file.ts`.
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

// The file is loaded twice: by the program, which registers it, and in the thread that loads modules.
if (!import.meta.url.endsWith('?hooks')) register(`${import.meta.url}?hooks`);

export async function load(url, context, nextLoad) {
  if (!url.endsWith('.ts')) return nextLoad(url, context);
  const jsc = { parser: { syntax: 'typescript' }, target: 'es2022' };
  const { code } = await transform(await readFile(fileURLToPath(url), 'utf8'), { jsc });
  return { format: 'module', source: code, shortCircuit: true };
}
