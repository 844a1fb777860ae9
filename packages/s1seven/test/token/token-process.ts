// A process that needs an access token, for the tests of several processes: see processes.test.ts.
import { FileTokenStore, startDeadline, systemClock } from '@vendorkit/core';
import { createAccessTokens } from '../../src/token.ts';

const [, , url = '', directory = '', clientSecret = '', refused] = process.argv;

const tokens = createAccessTokens(
  { clientId: 'application-7', clientSecret },
  {
    clock: systemClock,
    key: 'application-7',
    store: new FileTokenStore(directory),
    request: async (body) => {
      const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
      return answer.json();
    },
    warn: (_warning, message) => process.stdout.write(`${message}\n`),
    addSecret: () => {},
  },
);

const get = async () => tokens.get(startDeadline({ clock: systemClock, deadlineMs: 60_000 }));
let { token } = await get();
if (refused === 'refused' && tokens.refuse(token)) ({ token } = await get());
// The token itself is not printed: a number at its end tells which it was.
process.stdout.write(`${token.slice(token.lastIndexOf('-') + 1)}\n`);
await tokens.close();
