// Writes each TypeScript block of each README into a module of its own, so that `tsc` can check it.
// A block may use the names below without declaring them, as the prose around it does.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const target = join(here, 'extracted');

const knownNames = {
  secutix: "declare const secutix: import('@vendorkit/secutix-rest').SecutixRest;",
  soap: "declare const soap: import('@vendorkit/secutix-soap').SecutixSoap;",
  s1: "declare const s1: import('@vendorkit/s1seven').S1Seven;",
  emulator:
    "declare const emulator: import('@vendorkit/secutix-rest/testing').SecutixRestEmulator;",
};

const readmes = [
  'README.md',
  ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`),
];

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const readme of readmes) {
  const blocks = readFileSync(join(root, readme), 'utf8').matchAll(/^```ts\n([^]*?)^```$/gm);
  for (const [index, [, code]] of [...blocks].entries()) {
    const isMissing = (name) =>
      new RegExp(`\\b${name}\\b`).test(code) &&
      !new RegExp(`(?:const|using|let) ${name}\\b`).test(code);
    const declarations = Object.keys(knownNames)
      .filter(isMissing)
      .map((name) => knownNames[name]);
    const name = `${readme.replaceAll(/[/.]/g, '-')}-${index + 1}.ts`;
    writeFileSync(join(target, name), [...declarations, code, 'export {};\n'].join('\n'));
  }
}
