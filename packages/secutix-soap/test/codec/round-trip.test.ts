import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { BuiltinType } from '../../src/wsdl/model.ts';
import { writeEnvelope } from './envelope.ts';
import { builtinValues, randomCase } from './random-service.ts';
import { serviceOfValue, type TestService } from './service-model.ts';

/** What comes back if the vendor answers with exactly what it was sent. */
async function echo(service: TestService, parameters: unknown): Promise<unknown> {
  const body = service.encode(parameters).replaceAll('getThing', 'getThingResponse');
  const answer = await service.decode(writeEnvelope({ header: '', body }));
  return answer.kind === 'result' ? answer.value : answer;
}

describe('what is sent as', () => {
  test.each(Object.entries(builtinValues))('%s comes back as it was', async (builtin, values) => {
    const service = serviceOfValue(builtin as BuiltinType, { many: true });
    await fc.assert(
      fc.asyncProperty(fc.array(values), async (value) => {
        await expect(echo(service, { value })).resolves.toStrictEqual({ value });
      }),
    );
  });
});

test('any value of any type comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(randomCase, async ({ service, value }) => {
      const echoed = await echo(service, value);
      // Jest asks values for their `constructor`, which here may be a member.
      expect(isDeepStrictEqual(echoed, value)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
