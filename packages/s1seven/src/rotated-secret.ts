import { isPlainObject, type CallRequest } from '@vendorkit/core';

/**
 * A new secret ends the token of its application (S1SEVEN API information, "Rotate credentials"): if it
 * is the client's own, its token is dropped. An answer that does not tell whose secret it was is taken
 * for the client's own.
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
      if (reading.state === 'done' && mayBelongTo(ownClientId, reading.result)) await drop();
      return reading;
    },
  };
}

function mayBelongTo(ownClientId: string, application: unknown): boolean {
  const { clientId } = isPlainObject(application) ? application : {};
  return typeof clientId !== 'string' || clientId === ownClientId;
}
