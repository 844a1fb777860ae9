import { isPlainObject, type CallRequest } from '@vendorkit/core';

/**
 * A new secret ends the token of its application (S1SEVEN API information, "Rotate credentials"): if it
 * is the client's own, its token is dropped. The answer tells whose secret it was by its `clientId`; one
 * without it changes nothing, since the next 401 would tell as well.
 *
 * @param drop - Drops the client's token. It must not throw: the new secret is told only once.
 */
export function dropTokenOnRotation<Result>(
  request: CallRequest<Result>,
  ownClientId: string,
  drop: () => Promise<void>,
): CallRequest<Result> {
  return {
    ...request,
    read: async (answer, context) => {
      const reading = await request.read(answer, context);
      if (reading.state === 'done' && clientIdOf(reading.result) === ownClientId) await drop();
      return reading;
    },
  };
}

function clientIdOf(application: unknown): unknown {
  return isPlainObject(application) ? application['clientId'] : undefined;
}
