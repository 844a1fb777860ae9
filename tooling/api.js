// Writes, or with no argument checks, the API report of every entry point of the package in the
// working directory: <package>.api.md for the main one, <package>.testing.api.md for /testing.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const isLocal = process.argv.includes('--local');
const { name } = JSON.parse(readFileSync('package.json', 'utf8'));
const base = ExtractorConfig.loadFile(resolve('api-extractor.json'));

const entries = {
  '': 'dist/esm/index.d.ts',
  '.testing': 'dist/esm/testing/index.d.ts',
  '.xml': 'dist/esm/xml/index.d.ts',
};
let isGood = true;
for (const [suffix, entry] of Object.entries(entries)) {
  if (!existsSync(entry)) continue;
  const config = ExtractorConfig.prepare({
    configObject: {
      ...base,
      mainEntryPointFilePath: resolve(entry),
      apiReport: { ...base.apiReport, reportFileName: `${name.split('/').at(-1)}${suffix}.api.md` },
    },
    configObjectFullPath: resolve('api-extractor.json'),
    packageJsonFullPath: resolve('package.json'),
  });
  isGood = Extractor.invoke(config, { localBuild: isLocal }).succeeded && isGood;
}
process.exitCode = isGood ? 0 : 1;
