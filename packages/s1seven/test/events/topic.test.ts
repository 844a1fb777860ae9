import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkClientId, randomClientId } from '../../src/events/client-id.ts';
import { readEvent } from '../../src/events/event.ts';
import { buildTopic, parseTopic, type EventFilter } from '../../src/events/topic.ts';
import { failure } from './harness.ts';

const level = fc
  .stringMatching(/^[\w.|@~-]+$/)
  .filter((text) => text.length > 0 && text.length <= 200);

const refusal = async (filter: unknown) =>
  failure(Promise.resolve().then(() => buildTopic(filter as EventFilter)));

describe('buildTopic', () => {
  test('joins the levels as the vendor names them', () => {
    const certificates = { resource: 'certificates', action: 'notarize_one' } as const;
    expect(buildTopic({ company: 'c1', mode: 'live', ...certificates })).toBe(
      'company/c1/live/certificates/notarize_one',
    );
    expect(buildTopic({ user: 'auth0|u1', resource: '+', action: '+' })).toBe(
      'user/auth0|u1/+/+/+',
    );
  });

  test('is undone by parseTopic', () => {
    const filters = fc.record({
      kind: fc.constantFrom('company' as const, 'user' as const),
      id: level,
      mode: fc.constantFrom('live' as const, 'test' as const, '+' as const),
      resource: fc.oneof(level, fc.constant('+')),
      action: fc.oneof(level, fc.constant('+')),
    });
    fc.assert(
      fc.property(filters, ({ kind, id, mode, resource, action }) => {
        const topic = buildTopic({ [kind]: id, mode, resource, action } as EventFilter);
        expect(parseTopic(topic)).toEqual({ owner: { kind, id }, mode, resource, action });
      }),
    );
  });

  test.each([
    [{ resource: '#' }, 'filter.resource'],
    [{ action: '#' }, 'filter.action'],
    [{ action: 'sign/#' }, 'filter.action'],
    [{ action: '' }, 'filter.action'],
    [{ action: '*' }, 'filter.action'],
    [{ company: '+' }, 'filter.company'],
    [{ company: 'a/b' }, 'filter.company'],
    [{ company: 'a:b' }, 'filter.company'],
    [{ company: 'a\u0000' }, 'filter.company'],
    [{ company: 'a\ud800' }, 'filter.company'],
    [{ company: undefined }, 'filter.company'],
    [{ user: 'u' }, 'filter.user'],
    [{ mode: 'both' }, 'filter.mode'],
    [{ qos: 2 }, 'filter.qos'],
  ])('refuses %j and names the field', async (change, field) => {
    const filter = { company: 'c1', resource: 'certificates', action: 'sign', ...change };
    expect(await refusal(filter)).toMatchObject({ code: 'INVALID_REQUEST', field });
  });
});

describe('parseTopic', () => {
  test('never throws, and knows what is not one of the vendor’s', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '/', '////')),
        (text) => {
          const parsed = parseTopic(text);
          if (parsed === undefined) return;
          const { owner, mode, resource, action } = parsed;
          expect([owner.kind, owner.id, mode, resource, action].join('/')).toBe(text);
        },
      ),
    );
    expect(parseTopic('company/1/live/certificates')).toBeUndefined();
    expect(parseTopic('company//live/certificates/sign')).toBeUndefined();
    expect(parseTopic('queue/1/live/certificates/sign')).toBeUndefined();
    expect(parseTopic('company/1/live/certificates/sign/more')).toBeUndefined();
  });
});

describe('readEvent', () => {
  const eventOf = (topic: string, raw: Buffer) =>
    readEvent({ topic, raw, duplicate: true, isKept: true, session: 1, acknowledge: () => true });

  test('takes any topic and any bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uint8Array(), (topic, bytes) => {
        const raw = Buffer.from(bytes);
        const event = eventOf(topic, raw);
        expect(event.topic).toBe(topic);
        expect(event.raw).toBe(raw);
        expect(event.payload).toBeDefined();
      }),
    );
  });

  test('leaves the levels of another form of topic empty', () => {
    const event = eventOf('something/else', Buffer.from('{"a":[1]}'));
    expect(event).toMatchObject({ resource: '', action: '', mode: '', payload: { a: [1] } });
  });
});

describe('an MQTT client id', () => {
  const owner = { kind: 'company', id: '42' } as const;
  const check = async (clientId: string) =>
    failure(Promise.resolve().then(() => checkClientId(clientId, owner)));

  test('made at random is right, and never the same', () => {
    const [one, other] = [randomClientId(owner), randomClientId(owner)];
    checkClientId(one, owner);
    expect(one).not.toBe(other);
  });

  test.each([
    '',
    'mine',
    'company_42',
    'company_42_',
    'company_43_a',
    'user_42_a',
    'company_42_a b',
    'company_42_#',
    `company_42_${'é'.repeat(95)}`,
  ])('%j is refused', async (clientId) => {
    const field = 'options.clientId';
    expect(await check(clientId)).toMatchObject({ code: 'INVALID_REQUEST', field });
  });

  test('has at most 200 bytes', () => {
    expect(() => checkClientId(`company_42_${'a'.repeat(189)}`, owner)).not.toThrow();
  });
});
