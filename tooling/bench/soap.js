// SOAP: large answers, small calls and cold starts, beside a plain tree of saxes and node-soap.
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readXml } from '@vendorkit/core/xml';
import { SecutixSoap } from '@vendorkit/secutix-soap';
import nodeSoap from 'soap';
import { burst, compare, median, processorTime } from './rounds.js';
import { sampleAnswer, sampleWsdl } from './soap-sample.js';

const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const calls = 600;
const inFlight = 16;

export async function soap() {
  const folder = mkdtempSync(join(tmpdir(), 'vendorkit-bench-'));
  try {
    compareDecoding(folder);
    await compareColdStarts(folder);
    await compareCalls(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each way in processes of its own, since memory is measured too. */
function compareProcesses(title, name, ways, parameters, rounds) {
  const results = Object.fromEntries(ways.map((way) => [way, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < ways.length; turn += 1) {
      const way = ways[(turn + round) % ways.length];
      const args = ['--expose-gc', script(name), way, ...parameters];
      results[way].push(JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })));
    }
  }
  console.log(`\n${title} (${rounds} rounds)`);
  for (const way of ways) {
    const floor = results[ways[0]];
    const ratios = results[way].map(({ cpuMs }, index) => cpuMs / floor[index].cpuMs);
    const figures = Object.keys(floor[0]).map((key) => {
      const value = median(results[way].map((result) => result[key]));
      return `${key} ${value.toFixed(1).padStart(7)}`;
    });
    console.log(`  ${way.padEnd(34)}${figures.join('  ')}  cpu ${median(ratios).toFixed(2)} x`);
  }
}

function compareDecoding(folder) {
  const file = join(folder, 'answer.xml');
  writeFileSync(file, sampleAnswer(20_000));
  const ways = ['saxes, tree', 'node-soap', 'vendorkit'];
  compareProcesses('SOAP, an answer of 5 MB read once', 'soap-decode.js', ways, [file, '1'], 9);
  compareProcesses('SOAP, the same five times', 'soap-decode.js', ways, [file, '5'], 7);
}

async function compareColdStarts(folder) {
  const wsdlFile = join(folder, 'service.wsdl');
  const modelFile = join(folder, 'model.json');
  writeFileSync(wsdlFile, sampleWsdl({ operations: 200, types: 500 }));
  const { parseWsdl } = await import('../../packages/secutix-soap/dist/esm/wsdl/parse-wsdl.js');
  const url = 'http://127.0.0.1/service?wsdl';
  const root = readXml(Buffer.from(sampleWsdl({ operations: 200, types: 500 })));
  writeFileSync(modelFile, JSON.stringify(parseWsdl({ root: url, byUrl: new Map([[url, root]]) })));
  const ways = ['node-soap', 'vendorkit, from the WSDL', 'vendorkit, from a compiled model'];
  const title = 'SOAP, getting ready for a service of 200 operations and 500 types';
  compareProcesses(title, 'soap-cold.js', ways, [wsdlFile, modelFile], 9);
}

async function compareCalls(folder) {
  const wsdlFile = join(folder, 'small.wsdl');
  writeFileSync(wsdlFile, sampleWsdl());
  for (const [size, items] of [
    ['1 item', 1],
    ['400 items, 100 kB', 400],
  ]) {
    const server = fork(script('soap-server.js'), [String(items)]);
    const [port] = await once(server, 'message');
    const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
    const url = `http://127.0.0.1:${port}`;
    const soapClient = new SecutixSoap({
      institution: 'MOSA',
      baseUrl: url,
      username: 'user',
      password: 'not-a-secret',
      wsdl: { file: wsdlFile },
      quota: [{ key: 'institution', limit: 1_000_000, windowMs: 60_000 }],
    });
    const catalog = await soapClient.service('CatalogService');
    const peer = await nodeSoap.createClientAsync(wsdlFile, { endpoint: `${url}/service` });
    const security = { hasTimeStamp: false, hasTokenCreated: false };
    peer.setSecurity(new nodeSoap.WSSecurity('user', 'not-a-secret', security));
    await compare(
      `a whole SOAP call, ${size}, ${inFlight} in flight`,
      {
        'bare node:http, not parsed': () => burst(calls, inFlight, () => bareCall(port, agent)),
        SecutixSoap: () =>
          burst(calls, inFlight, () => catalog.call('getCatalog', { seasonCode: '2026' })),
        'node-soap': () =>
          burst(calls, inFlight, () => peer.getCatalogAsync({ seasonCode: '2026' })),
      },
      { rounds: 9, unit: 'us', measure: (work) => processorTime(work, calls) },
    );
    await soapClient.close();
    agent.destroy();
    server.disconnect();
  }
}

const envelope = `<?xml version="1.0" encoding="UTF-8"?>${' '.repeat(900)}`;

function bareCall(port, agent) {
  const headers = { 'content-type': 'text/xml', 'content-length': envelope.length };
  return new Promise((resolve, reject) => {
    const outgoing = request({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/',
      headers,
      agent,
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const chunks = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('end', () => resolve(Buffer.concat(chunks)));
    });
    outgoing.end(envelope);
  });
}
