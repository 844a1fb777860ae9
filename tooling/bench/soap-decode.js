// One way to decode a SOAP answer, in a process of its own: `node soap-decode.js <way> <file> <times>`.
// Prints processor time, peak memory and the longest hold of the event loop as JSON.
import { readFileSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { sampleAnswer, sampleWsdl } from './soap-sample.js';

const [, , way, file, times] = process.argv;

const ways = {
  'saxes, tree': async () => {
    const { SaxesParser } = await import('saxes');
    return (bytes) => {
      const parser = new SaxesParser({ xmlns: true });
      const root = { children: [] };
      const open = [root];
      parser.on('opentag', ({ name, attributes }) => {
        const element = { name, attributes, children: [], text: '' };
        open.at(-1).children.push(element);
        open.push(element);
      });
      parser.on('text', (text) => {
        open.at(-1).text += text;
      });
      parser.on('closetag', () => open.pop());
      parser.write(bytes.toString()).close();
      return root;
    };
  },
  'node-soap': async () => {
    const { WSDL } = (await import('soap')).default;
    const wsdl = await new Promise((resolve, reject) => {
      const made = new WSDL(sampleWsdl(), 'file:///sample.wsdl', {});
      made.onReady((error) => (error ? reject(error) : resolve(made)));
    });
    return (bytes) => wsdl.xmlToObject(bytes.toString());
  },
  vendorkit: async () => {
    const dist = '../../packages/secutix-soap/dist/esm';
    const { readXml } = await import('@vendorkit/core/xml');
    const { parseWsdl } = await import(`${dist}/wsdl/parse-wsdl.js`);
    const { codecOf } = await import(`${dist}/codec/service-codec.js`);
    const url = 'http://127.0.0.1/service?wsdl';
    const byUrl = new Map([[url, readXml(Buffer.from(sampleWsdl()))]]);
    const model = parseWsdl({ root: url, byUrl });
    const codec = codecOf(model);
    return (bytes) => codec.decode(model.operations[0], bytes, () => setImmediate());
  },
};

const decode = await ways[way]();
const small = Buffer.from(sampleAnswer(200));
const bytes = readFileSync(file);
for (let round = 0; round < 20; round += 1) await decode(small);
await setImmediate();
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
globalThis.gc?.();
writeFileSync('/proc/self/clear_refs', '5'); // The peak is counted from here.
const startMiB = peakMiB();
const before = process.cpuUsage();
for (let round = 0; round < Number(times); round += 1) {
  await decode(bytes);
  await setImmediate();
}
const { user, system } = process.cpuUsage(before);
console.log(
  JSON.stringify({
    cpuMs: (user + system) / 1000 / Number(times),
    growthMiB: peakMiB() - startMiB,
    startMiB,
    holdMs: delay.max / 1e6,
    bytes: bytes.length,
  }),
);

function peakMiB() {
  const [, kibibytes] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}
