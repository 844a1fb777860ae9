import { expect, test } from '@jest/globals';
import { readEvent } from '../../src/webhooks/webhook-event.ts';
import { failure } from './vendor.ts';

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';
const event = (body: string | Buffer, contentType?: string) =>
  readEvent<unknown>(
    {
      raw: Buffer.from(body),
      headers: contentType === undefined ? {} : { 'Content-Type': contentType },
      signedAt: new Date(0),
    },
    undefined,
  );

test('long integers in a body are exact', () => {
  expect(event('{"payload":{"index":9007199254740993}}', json).payload).toEqual({
    index: 9_007_199_254_740_993n,
  });
});

test('a body that is no event is a payload as a whole', () => {
  expect(event('{"RefSchemaUrl":"https://…"}', json)).toMatchObject({
    payload: { RefSchemaUrl: 'https://…' },
    body: { RefSchemaUrl: 'https://…' },
  });
  expect(event('[1]', json).payload).toEqual([1]);
});

test('a payload that is null is one', () => {
  expect(event('{"payload":null}', json).payload).toBeNull();
});

test('a resource, action or id that is no text is left to the body', () => {
  const read = event('{"resource":1,"action":null,"id":{}}', json);
  expect(Object.keys(read)).toEqual(['payload', 'body', 'signedAt', 'raw']);
});

test('a form is its fields by name, repeated ones as a list', () => {
  const body = 'resource=certificates&action=notarize_one&payload=a%20b+c&tag=1&tag=2&__proto__=x';
  const read = event(body, `${form}; charset=utf-8`);
  expect(read).toMatchObject({
    resource: 'certificates',
    action: 'notarize_one',
    payload: 'a b c',
  });
  expect(Object.entries(read.body as object)).toEqual([
    ['resource', 'certificates'],
    ['action', 'notarize_one'],
    ['payload', 'a b c'],
    ['tag', ['1', '2']],
    ['__proto__', 'x'],
  ]);
});

test('a byte order mark is no part of the JSON', () => {
  expect(event('\uFEFF{"id":"1"}', json).id).toBe('1');
});

test('of another content type JSON is read, and all else is a text', () => {
  expect(event('{"id":"1"}', 'text/plain').id).toBe('1');
  expect(event('{"id":', 'text/plain').body).toBe('{"id":');
  expect(event('', 'text/plain').payload).toBe('');
});

test('without a content type a body is JSON', () => {
  expect(event('{"id":"1"}').id).toBe('1');
  expect(event('{"id":"1"}', '').id).toBe('1');
});

const noJson = ['{"id":', '', 'id=1', Buffer.from([0x22, 0xff, 0x22])];
const jsonTypes = ['Application/JSON', 'application/json; charset=utf-8', '', undefined];
test.each(noJson.flatMap((body) => jsonTypes.map((type) => [body, type] as const)))(
  'what has to be JSON and is not is refused, and not quoted: %p as %p',
  async (body, type) => {
    const error = await failure(() => event(body, type));
    expect(error).toMatchObject({ code: 'INVALID_RESPONSE', vendor: 's1seven', field: 'body' });
    expect(error.message).not.toContain('id');
  },
);
