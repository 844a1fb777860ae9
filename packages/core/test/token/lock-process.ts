// A process that uses a store's lock, for the tests of several processes: see file-lock.test.ts.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FileTokenStore } from '../../src/token/file-store.ts';

const [, , command, directory = '', times = '1'] = process.argv;
const store = new FileTokenStore(directory);
// Who waits for a lock is not kept running by that.
const stayAwake = setInterval(() => {}, 60_000);

/** Reads a number, hesitates, and writes the next one: two at a time would lose one. */
async function increment(): Promise<void> {
  const path = join(directory, 'count');
  const count = Number(await readFile(path, 'utf8'));
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
  await writeFile(path, String(count + 1));
}

if (command === 'increment') {
  for (let turn = 0; turn < Number(times); turn += 1) await store.lock('key', increment);
}
if (command === 'hold') {
  await store.lock('key', async () => {
    process.stdout.write('held\n');
    await new Promise(() => {});
  });
}
// Asks for the lock and for nothing else, and is not kept running by it.
if (command === 'wait') {
  clearInterval(stayAwake);
  store.lock('key', async () => {}).catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 200));
  process.stdout.write('waited\n');
}
clearInterval(stayAwake);
