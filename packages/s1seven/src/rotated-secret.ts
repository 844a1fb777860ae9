import { isPlainObject, type CallRequest } from '@vendorkit/core';

/**
 * A new secret ends the token of its application (S1SEVEN API information, "Rotate credentials"): if it
 * is the client's own, its token is dropped, and the next is asked for with the new secret. The answer
 * tells whose secret it is by its `clientId`; one that does not tell is taken for the client's own.
 *
 * @param replace - Drops the client's token. It must not throw: the new secret is told only once.
 */
export function replaceSecretOnRotation<Result>(
  request: CallRequest<Result>,
  ownClientId: string,
  replace: (clientSecret: string | undefined) => Promise<void>,
): CallRequest<Result> {
  return {
    ...request,
    read: async (answer, context) => {
      const reading = await request.read(answer, context);
      if (reading.state !== 'done') return reading;
      const { clientId = ownClientId, clientSecret } = applicationOf(reading.result);
      if (clientId === ownClientId) await replace(textOf(clientSecret));
      return reading;
    },
  };
}

function applicationOf(result: unknown): Readonly<Record<string, unknown>> {
  return isPlainObject(result) ? result : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
