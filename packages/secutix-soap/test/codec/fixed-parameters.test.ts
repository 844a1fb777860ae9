import { describe, expect, test } from '@jest/globals';
import { VendorError } from '@vendorkit/core';
import { codecOf } from '../../src/codec/service-codec.ts';
import { canaries } from '../../../../tooling/canary/secrets.ts';
import { ModelMaker, namespace, serviceOf, type TestService } from './service-model.ts';

const start = `<n1:getThing xmlns:n1="${namespace}"`;
const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

function refusalOf(service: TestService, parameters: unknown): VendorError {
  try {
    service.encode(parameters);
  } catch (error) {
    if (VendorError.is(error)) return error;
  }
  throw new Error('It was not refused');
}

describe('parameters', () => {
  const service = serviceOf((maker) => [
    maker.optional('requestId', 'long'),
    maker.optional('seasonCode', 'string'),
    maker.many('productId', 'long'),
    maker.field('contact', maker.complex([maker.optional('name', 'string')])),
  ]);

  test('are written in the order of the schema', () => {
    expect(
      service.encode({ contact: { name: 'Zoé <1>' }, productId: [1n, 2n], seasonCode: '2026' }),
    ).toBe(
      `${start}><seasonCode>2026</seasonCode><productId>1</productId><productId>2</productId>` +
        '<contact><name>Zoé &lt;1&gt;</name></contact></n1:getThing>',
    );
  });

  test('that are absent are left out, required ones too', () => {
    const empty = `${start}></n1:getThing>`;
    expect(service.encode({})).toBe(empty);
    expect(service.encode(undefined)).toBe(empty);
    expect(service.encode({ seasonCode: undefined, contact: undefined, other: undefined })).toBe(
      empty,
    );
    expect(service.encode(Object.create(null))).toBe(empty);
    expect(service.encode({ productId: [] })).toBe(empty);
  });

  test.each([
    ['null', null],
    ['a string', 'x'],
    ['an array', [1n]],
    ['a map', new Map()],
    ['an instance', new Date()],
  ])('given as %s are refused', (_name, parameters) => {
    expect(refusalOf(service, parameters)).toMatchObject({
      code: 'INVALID_REQUEST',
      field: 'parameters',
      message: '`parameters` was refused. Expected an object of parameters by name.',
    });
  });

  test('that do not exist are refused, with the names that do', () => {
    expect(refusalOf(service, { seasoncode: '2026' })).toMatchObject({
      field: 'parameters.seasoncode',
      message:
        '`parameters.seasoncode` was refused. `getThing` has no such name. ' +
        'There is `requestId`, `seasonCode`, `productId`, `contact`.',
    });
  });

  test.each(['__proto__', 'constructor', 'toString', '$attributes', '$value', '$text'])(
    'called %s are refused where they do not exist',
    (name) => {
      const parameters = JSON.parse(`{"${name}": {"a": 1}}`) as object;
      expect(refusalOf(service, parameters).field).toContain(name);
    },
  );

  test('inherited from somewhere are not sent', () => {
    const parameters = Object.create({ seasonCode: '2026' }) as object;
    expect(refusalOf(service, parameters).field).toBe('parameters');
    const service2 = serviceOf((maker) => [maker.optional('toString', 'string')]);
    expect(service2.encode({})).toBe(`${start}></n1:getThing>`);
  });

  test('called __proto__ are sent where they exist', () => {
    const odd = serviceOf((maker) => [maker.optional('__proto__', 'string')]);
    expect(odd.encode(JSON.parse('{"__proto__": "x"}'))).toContain('<__proto__>x</__proto__>');
    expect(odd.encode({})).not.toContain('__proto__');
  });

  test('do not change with the objects that they came from', () => {
    const bytes = Buffer.from('a');
    const date = new Date(0);
    const maker = new ModelMaker();
    const type = maker.complex([
      maker.optional('bytes', 'base64Binary'),
      maker.optional('date', 'dateTime'),
      maker.many('list', 'string'),
    ]);
    const { model, operation } = maker.service(type, type);
    const list = ['a'];
    const fixed = codecOf(model).encode(operation, { bytes, date, list });
    const before = fixed.write();
    bytes.fill(0);
    date.setTime(1);
    list.push('b');
    expect(fixed.write()).toBe(before);
  });

  test('are named in errors as the caller names them, without their values', () => {
    const { model, operation } = service;
    const parameters = { contact: { name: Object(canaries.password) as unknown } };
    expect(() => codecOf(model).encode(operation, parameters, 'first')).toThrow(
      expect.objectContaining({
        field: 'first.contact.name',
        message: '`first.contact.name` was refused. Expected a string.',
      }),
    );
  });
});

describe('null', () => {
  const service = serviceOf((maker) => [
    maker.field('nillable', 'string', { nillable: true }),
    maker.optional('both', 'string', { nillable: true }),
    maker.optional('optional', 'string'),
    maker.field('required', 'string'),
    maker.many('list', 'string', { nillable: true }),
    maker.many('strings', 'string'),
    maker.field('always', 'string', { many: true }),
  ]);
  const nil = '<nillable xsi:nil="true"/>';

  test('is nil where it may be, and left out where nothing has to be', () => {
    const parameters = { both: null, nillable: null, optional: null, list: null, strings: null };
    expect(service.encode(parameters)).toBe(
      `${start} ${xsi}>${nil}<both xsi:nil="true"/></n1:getThing>`,
    );
  });

  test('stands for a required element that is absent and may be nil', () => {
    expect(service.encode({})).toBe(`${start} ${xsi}>${nil}</n1:getThing>`);
  });

  test('is an item of a list where it may be', () => {
    expect(service.encode({ list: ['a', null] })).toContain('<list>a</list><list xsi:nil="true"/>');
  });

  test.each([
    [{ required: null }, 'parameters.required', 'Expected a value, and not null'],
    [{ strings: ['a', null] }, 'parameters.strings[1]', 'Expected a value'],
    [{ strings: ['a', undefined] }, 'parameters.strings[1]', 'Expected a value'],
    // oxlint-disable-next-line no-sparse-arrays
    [{ strings: [, 'a'] }, 'parameters.strings[0]', 'Expected a value'],
    [{ always: null }, 'parameters.always', 'Expected an array'],
    [{ strings: 'a' }, 'parameters.strings', 'Expected an array'],
    [{ required: ['a'] }, 'parameters.required', 'Expected one value, not an array'],
  ])('and lists are refused elsewhere: %p', (parameters, field, problem) => {
    const error = refusalOf(service, parameters);
    expect(error.field).toBe(field);
    expect(error.message).toContain(problem);
  });
});

describe('requestId', () => {
  const fixed = (service: TestService, parameters: unknown) =>
    codecOf(service.model).encode(service.operation, parameters);
  const declared = serviceOf((maker) => [
    maker.optional('first', 'string'),
    maker.optional('requestId', 'long'),
    maker.optional('last', 'string'),
  ]);
  const undeclared = serviceOf((maker) => [maker.optional('first', 'string')]);

  test('is written at its place in the schema', () => {
    const parameters = fixed(declared, { first: 'a', last: 'b' });
    expect(parameters.requestId).toBeUndefined();
    expect(parameters.write()).toBe(`${start}><first>a</first><last>b</last></n1:getThing>`);
    const polled = `${start}><first>a</first><requestId>9007199254740993</requestId><last>b</last></n1:getThing>`;
    expect(parameters.write(9_007_199_254_740_993n)).toBe(polled);
    expect(parameters.write('9007199254740993')).toBe(polled);
    expect(parameters.write()).not.toContain('requestId');
  });

  test('is written first if the schema does not have it', () => {
    const parameters = fixed(undeclared, { first: 'a' });
    expect(parameters.write(5n)).toBe(
      `${start}><requestId>5</requestId><first>a</first></n1:getThing>`,
    );
  });

  test('of the caller is taken by its type, and gives way to the vendor’s', () => {
    const parameters = fixed(declared, { requestId: '5' });
    expect(parameters.requestId).toBe('5');
    expect(parameters.write()).toContain('<requestId>5</requestId>');
    expect(parameters.write(6n)).toContain('><requestId>6</requestId></n1');
    expect(fixed(undeclared, { requestId: 'a<b' }).requestId).toBe('a<b');
    expect(fixed(undeclared, { requestId: 'a<b' }).write()).toContain('>a&lt;b</requestId>');
    expect(fixed(undeclared, { requestId: 5 }).requestId).toBe('5');
    expect(fixed(undeclared, { requestId: 5n }).requestId).toBe('5');
  });

  test('of null counts as none', () => {
    const required = serviceOf((maker) => [maker.field('requestId', 'long')]);
    for (const service of [declared, undeclared, required]) {
      const parameters = fixed(service, { requestId: null });
      expect(parameters.requestId).toBeUndefined();
      expect(parameters.write()).toBe(`${start}></n1:getThing>`);
    }
  });

  test('that must be there and may be nil is nil at first', () => {
    const service = serviceOf((maker) => [maker.field('requestId', 'long', { nillable: true })]);
    const nil = `${start} ${xsi}><requestId xsi:nil="true"/></n1:getThing>`;
    expect(fixed(service, {}).write()).toBe(nil);
    expect(fixed(service, { requestId: null }).write()).toBe(nil);
    expect(fixed(service, {}).write(5n)).toBe(
      `${start} ${xsi}><requestId>5</requestId></n1:getThing>`,
    );
  });

  test('is qualified where the parameters are', () => {
    const qualified = serviceOf((maker) => [maker.optional('first', 'string', { namespace })]);
    expect(fixed(qualified, { first: 'a' }).write(5n)).toBe(
      `${start}><n1:requestId>5</n1:requestId><n1:first>a</n1:first></n1:getThing>`,
    );
    const none = serviceOf(() => []);
    expect(fixed(none, {}).write(5n)).toBe(`${start}><requestId>5</requestId></n1:getThing>`);
  });

  test.each([
    [declared, 'x', 'Expected an integer from'],
    [declared, 0.5, 'Expected an integer from'],
    [declared, [5n], 'Expected one value'],
    [undeclared, '', 'Expected an integer or a text'],
    [undeclared, 0.5, 'Expected an integer or a text'],
    [undeclared, {}, 'Expected an integer or a text'],
    [undeclared, '\u0000', 'XML cannot carry'],
  ])('that is none is refused', (service, requestId, problem) => {
    const error = refusalOf(service, { requestId });
    expect(error.field).toBe('parameters.requestId');
    expect(error.message).toContain(problem);
  });

  test('with characters that XML cannot carry is refused', () => {
    expect(() => fixed(declared, {}).write('a\u0000')).toThrow('`requestId` was refused');
  });
});

describe('an input that is no list of parameters', () => {
  const maker = new ModelMaker();
  const taking = (input: number) => maker.service(input, null);

  test('is a value, alone or as $value', () => {
    const service = taking(maker.builtin('long'));
    expect(service.encode({ $value: 5n })).toBe(`${start}>5</n1:getThing>`);
    expect(service.encode(5n)).toBe(`${start}>5</n1:getThing>`);
    expect(refusalOf(service, 'x').field).toBe('parameters');
  });

  test('may be anything, or nothing', () => {
    const service = taking(maker.builtin('anyType'));
    expect(service.encode(undefined)).toBe(`${start}/>`);
    expect(service.encode({})).toBe(`${start}/>`);
    expect(service.encode({ $value: 'a' })).toContain('xsi:type="xs:string">a</');
    expect(refusalOf(service, { $value: null }).field).toBe('parameters');
    expect(refusalOf(service, { a: 1 }).field).toBe('parameters');
  });

  test('is a value with attributes', () => {
    const attributes = [maker.attribute('id', 'int')];
    const service = taking(maker.complex([], { text: maker.builtin('string'), attributes }));
    expect(service.encode({ $value: 'a', $attributes: { id: 5 } })).toBe(
      `${start} id="5">a</n1:getThing>`,
    );
  });

  test('is a map', () => {
    const service = taking(maker.map('int'));
    expect(service.encode({ a: 1 })).toContain('<entry><key>a</key><value>1</value></entry>');
  });

  test('may have attributes beside its parameters', () => {
    const attributes = [maker.attribute('id', 'int')];
    const service = taking(maker.complex([maker.optional('a', 'int')], { attributes }));
    expect(service.encode({ a: 1, $attributes: { id: 5 } })).toBe(
      `${start} id="5"><a>1</a></n1:getThing>`,
    );
  });

  test('may have no namespace', () => {
    const service = taking(maker.complex([maker.optional('a', 'int')]));
    const { model, operation } = service;
    const plain = { ...operation, input: { ...operation.input, namespace: '' } };
    expect(codecOf(model).encode(plain, { a: 1 }).write()).toBe('<getThing><a>1</a></getThing>');
  });
});
