// Events: a stored session is drained, beside bare MQTT.js on the same broker.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { S1Seven } from '@vendorkit/s1seven';
import { connect } from 'mqtt';
import { compare, median, processorTime } from './rounds.js';

const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const messages = 3_000;
const password = 'not-a-secret';
const payload = JSON.stringify({ RefSchemaUrl: 'https://example.com', text: 'x'.repeat(450) });

export async function events() {
  const brokers = fork(script('../real-server/typescript.cjs'), [script('events-brokers.ts')], {
    execArgv: ['--conditions', '@vendorkit/source'],
  });
  const [started] = await once(brokers, 'message');
  const store = async (url, topic) => {
    brokers.send({ url, topic, payload, count: messages });
    await once(brokers, 'message');
  };
  for (const { urls, vhost } of started) {
    for (const [name, url] of Object.entries(urls)) await compareOn(name, { url, vhost }, store);
  }
  brokers.disconnect();
  await once(brokers, 'exit');
}

async function compareOn(name, broker, store) {
  const rates = {};
  // A topic for each way, so that each finds its own messages and no others.
  const variant = (way, action, drain) => {
    rates[way] = [];
    const topic = `company/42/live/certificates/${action}`;
    const prepare = () => store(broker.url, topic);
    return { way, prepare, drain: (count) => drain(broker, action, count) };
  };
  const variants = {
    'bare MQTT.js and JSON.parse': variant('bare MQTT.js', 'notarize_one', drainBare),
    S1Seven: variant('S1Seven', 'receive_one', drainOurs),
  };
  for (const { drain } of Object.values(variants)) await drain(0);
  const measure = async ({ way, prepare, drain }) => {
    await prepare();
    const startedAt = performance.now();
    const cost = await processorTime(() => drain(messages), messages);
    rates[way].push(messages / ((performance.now() - startedAt) / 1_000));
    return cost;
  };
  await compare(`an event of 500 B, ${name}`, variants, { rounds: 9, unit: 'us', measure });
  const figures = Object.entries(rates).map(([way, all]) => `${way} ${Math.round(median(all))}`);
  console.log(`  events a second: ${figures.join(', ')}`);
}

/** Resumes a session, takes so many messages and leaves. */
async function drainBare({ url, vhost }, action, count) {
  const client = connect(url, {
    clientId: 'company_42_bare',
    username: vhost === undefined ? '42' : `${vhost}:42`,
    password,
    clean: false,
    reconnectPeriod: 0,
    wsOptions: { perMessageDeflate: false },
  });
  const drained = new Promise((resolve) => {
    let left = count;
    client.on('message', (_topic, bytes) => {
      JSON.parse(bytes.toString());
      left -= 1;
      if (left === 0) resolve();
    });
    if (count === 0) resolve();
  });
  await once(client, 'connect');
  await client.subscribeAsync(`company/42/live/certificates/${action}`, { qos: 1 });
  await drained;
  await client.endAsync();
}

async function drainOurs({ url, vhost }, action, count) {
  const s1 = new S1Seven({
    environment: 'staging',
    brokerUrl: url,
    vhost,
    companyId: '42',
    mode: 'live',
    accessToken: password,
  });
  let finish;
  const drained = new Promise((resolve) => {
    finish = resolve;
  });
  let left = count;
  if (count === 0) finish();
  const take = () => {
    left -= 1;
    if (left === 0) finish();
  };
  const options = { clientId: 'company_42_ours', concurrency: 10 };
  await s1.subscribe({ resource: 'certificates', action }, take, options);
  await drained;
  await s1.close();
}
