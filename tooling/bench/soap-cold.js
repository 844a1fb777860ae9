// One way to get ready for the first call to a service of 200 operations and 500 types, in a process of
// its own: `node soap-cold.js <way> <wsdl file> <model file>`. Prints the processor time as JSON; what
// is imported is not counted, since `pnpm bench import` does that.
import { readFileSync } from 'node:fs';

const [, , way, wsdlFile, modelFile] = process.argv;
const dist = '../../packages/secutix-soap/dist/esm';

const ways = {
  'node-soap': async () => {
    const { createClientAsync } = (await import('soap')).default;
    return () => createClientAsync(wsdlFile);
  },
  'vendorkit, from the WSDL': async () => {
    const { readWsdlFile } = await import(`${dist}/wsdl/read-wsdl-file.js`);
    const { parseWsdl } = await import(`${dist}/wsdl/parse-wsdl.js`);
    const prepare = await preparation();
    return async () => prepare(parseWsdl(await readWsdlFile(wsdlFile)));
  },
  'vendorkit, from a compiled model': async () => {
    const prepare = await preparation();
    return () => prepare(JSON.parse(readFileSync(modelFile, 'utf8')));
  },
};

/** Everything up to the first envelope. */
async function preparation() {
  const { codecOf } = await import(`${dist}/codec/service-codec.js`);
  return (model) => {
    const [operation] = model.operations;
    return codecOf(model).encode(operation, { seasonCode: '2026' }).write();
  };
}

const getReady = await ways[way]();
const before = process.cpuUsage();
await getReady();
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ cpuMs: (user + system) / 1000 }));
