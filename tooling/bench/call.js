// A whole call: quota, fresh token, exact JSON, status, errors; beside a bare node:http request.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { SecutixRest } from '@vendorkit/secutix-rest';
import { burst, compare, processorTime } from './rounds.js';

const calls = 1_500;
const inFlight = 16;

function bareCall(port, agent) {
  const body = JSON.stringify({ contactNumber: '333' });
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const path = '/tnco/backend-apis/contactInformationPublicService/v2_22/getContactData';
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, host: '127.0.0.1', method: 'POST', path, headers, agent });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const chunks = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
    });
    outgoing.end(body);
  });
}

export async function call() {
  const server = fork(fileURLToPath(new URL('server.js', import.meta.url)));
  const [port] = await once(server, 'message');
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const secutix = new SecutixRest({
    institution: 'MOSA',
    operator: 'MOSA_B2C',
    partner: 'Partner 1',
    secret: 'x'.repeat(32),
    baseUrl: `http://127.0.0.1:${port}`,
    timestampUnit: 'ms', // In seconds a call near the end of one would wait, which costs no work.
    quota: [{ key: 'institution', limit: 1_000_000, windowMs: 60_000 }],
  });
  const contacts = secutix.service('contactInformationPublicService');
  await compare(
    `a whole call, ${inFlight} in flight`,
    {
      'bare node:http and JSON.parse': () => burst(calls, inFlight, () => bareCall(port, agent)),
      SecutixRest: () =>
        burst(calls, inFlight, () => contacts.getContactData({ contactNumber: '333' })),
    },
    { rounds: 11, unit: 'us', measure: (work) => processorTime(work, calls) },
  );
  await secutix.close();
  agent.destroy();
  server.disconnect();
}
