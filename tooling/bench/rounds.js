// Paired rounds: in each round every variant runs once, in an order that turns, and is compared with
// the floor of the same round. On a noisy machine the median of such ratios is what can be believed.

/** Runs the variants and prints the median cost of each, and the median of its ratios to the first. */
export async function compare(title, variants, { rounds, unit, measure }) {
  const names = Object.keys(variants);
  const costs = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(turn + round) % names.length];
      const cost = await measure(variants[name]);
      if (round > 0) costs[name].push(cost); // The first round warms up.
    }
  }
  const [floor] = names;
  console.log(`\n${title} (${rounds} rounds)`);
  for (const name of names) {
    const ratios = costs[name].map((cost, index) => cost / costs[floor][index]);
    const figures = `${median(costs[name]).toFixed(2).padStart(10)} ${unit}  ${median(ratios).toFixed(2)} x`;
    console.log(`  ${name.padEnd(34)}${figures}`);
  }
}

/** The middle one. */
export function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Processor time of this process for a piece of work, in microseconds for each of its parts. */
export async function processorTime(work, parts) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / parts;
}

/** So many calls, so many of them at a time. */
export async function burst(calls, inFlight, send) {
  let left = calls;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await send();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}
