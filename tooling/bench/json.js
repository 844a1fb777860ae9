// The JSON decoder on a catalogue: half of the ids above 2^53, texts with escaped quotes and digits.
import { parseJson } from '@vendorkit/core';
import { compare, processorTime } from './rounds.js';

function catalogue(products) {
  const items = Array.from({ length: products }, (_, index) => {
    const long = `9${String(index).padStart(18, '0')}`;
    const short = `10228${String(index).padStart(8, '0')}`;
    return (
      `{"id":${index % 2 === 0 ? long : short},"code":"P${index}","amount":${15_000 + index},` +
      `"name":"Say \\"12345678901234567890\\" ${index}","barcode":"${long}",` +
      `"performances":[{"id":${short},"seatId":${long},"rate":0.125},{"id":${long},"open":true}]}`
    );
  });
  return `{"statusCode":"success","products":[${items.join(',')}]}`;
}

const isLong = (key) => key === 'id' || key.endsWith('Id') || key === 'amount';

export async function json() {
  for (const [size, products, repeats] of [
    ['100 kB', 380, 100],
    ['5 MB', 19_000, 2],
  ]) {
    const text = catalogue(products);
    const repeated = (parse) => () => {
      for (let index = 0; index < repeats; index += 1) parse(text);
    };
    await compare(
      `JSON, ${size} (${text.length} characters)`,
      {
        'JSON.parse': repeated(JSON.parse),
        parseJson: repeated((input) => parseJson(input)),
        'parseJson with declared longs': repeated((input) => parseJson(input, { isLong })),
      },
      { rounds: 15, unit: 'us', measure: (work) => processorTime(work, repeats) },
    );
  }
}
