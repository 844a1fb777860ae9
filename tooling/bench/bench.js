// `pnpm bench`, or `pnpm bench json` for one of them. Processor time, not duration: the machine may be
// busy with other things.
import { call } from './call.js';
import { events } from './events.js';
import { json } from './json.js';
import { limiter } from './limiter.js';
import { soap } from './soap.js';

const benches = { limiter, json, call, soap, events };
const wanted = process.argv.slice(2);
for (const name of wanted.length === 0 ? Object.keys(benches) : wanted) await benches[name]();
