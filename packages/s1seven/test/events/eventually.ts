import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for something that must come about, as long as a busy machine may need. */
export async function eventually(holds: () => boolean, withinMs = 60_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`It did not come about: ${holds.toString()}`);
    await sleep(5);
  }
}
