import { describe, expect, test } from '@jest/globals';
import { XmlError } from '@vendorkit/core/xml';
import { UnreadableAnswer } from '../../../src/codec/unreadable-answer.ts';
import { answerEnvelope, ModelMaker, namespace, serviceOf } from '../service-model.ts';

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const service = serviceOf((maker) => [maker.optional('id', 'long'), maker.many('tag', 'string')]);
const wrapper = `<t:getThingResponse xmlns:t="${namespace}"><id>5</id></t:getThingResponse>`;
const result = { kind: 'result', value: { id: 5n, tag: [] } };

function envelope(content: string, uri = soap): string {
  return `<S:Envelope xmlns:S="${uri}">${content}</S:Envelope>`;
}

function body(content: string): string {
  return envelope(`<S:Body>${content}</S:Body>`);
}

describe('an envelope is read', () => {
  test.each([
    ['plain', body(wrapper)],
    ['with a declaration and a byte order mark', `\ufeff<?xml version="1.0"?>\n${body(wrapper)}\n`],
    ['with white space and comments', `<!-- a -->${body(`\n <!-- b -->${wrapper}\n`)}<!-- c -->`],
    [
      'with a header',
      envelope(
        `<S:Header><a S:mustUnderstand="1" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="i:x"><b><a/>text</b></a></S:Header><S:Body>${wrapper}</S:Body>`,
      ),
    ],
    ['with an empty header', envelope(`<S:Header/><S:Body>${wrapper}</S:Body>`)],
    ['with something behind the body', envelope(`<S:Body>${wrapper}</S:Body><x><y/></x>`)],
    [
      'in the default namespace',
      `<Envelope xmlns="${soap}"><Body><getThingResponse xmlns="${namespace}"><id xmlns="">5</id></getThingResponse></Body></Envelope>`,
    ],
    ['with attributes', envelope(`<S:Body id="__proto__">${wrapper}</S:Body>`)],
  ])('%s', async (_name, xml) => {
    await expect(service.decode(xml)).resolves.toEqual(result);
  });
});

describe('what is no answer to the operation is not read', () => {
  test.each([
    ['another document', '<html><body/></html>', 'html` is not a SOAP envelope'],
    ['SOAP 1.2', envelope('', 'http://www.w3.org/2003/05/soap-envelope'), 'not one of SOAP 1.1'],
    ['no namespace', `<Envelope><Body>${wrapper}</Body></Envelope>`, 'not one of SOAP 1.1'],
    ['no body', envelope('<S:Header/>'), 'Envelope` has no Body'],
    ['a body elsewhere', envelope(`<S:Header><S:Body>${wrapper}</S:Body></S:Header>`), 'no Body'],
    ['an empty body', body(''), 'Envelope/Body` is empty'],
    ['a body of white space', body(' \n '), 'Envelope/Body` is empty'],
    ['two elements in the body', body(wrapper + wrapper), 'Body` has more than one element'],
    ['a fault behind the answer', body(`${wrapper}<S:Fault/>`), 'Body` has more than one element'],
    ['two bodies', envelope(`<S:Body>${wrapper}</S:Body><S:Body/>`), 'Body` is there twice'],
    ['text in the body', body(`text${wrapper}`), 'Body` has a text between elements'],
    ['text behind the body', envelope(`<S:Body>${wrapper}</S:Body>x`), 'Envelope` has a text'],
    ['another element', body(`<t:other xmlns:t="${namespace}"/>`), 'other` is not the declared'],
    ['the wrapper without a namespace', body('<getThingResponse/>'), 'is in another namespace'],
    [
      'the wrapper in another namespace',
      body('<t:getThingResponse xmlns:t="http://v1_32.CatalogService.service.secutix.com/"/>'),
      'getThingResponse` is in another namespace than declared',
    ],
    ['a fault of another namespace', body('<Fault/>'), 'Fault` is not the declared element'],
  ])('%s', async (_name, xml, problem) => {
    const error: unknown = await service.decode(xml).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreadableAnswer);
    expect((error as Error).message).toContain(problem);
  });

  test.each([
    ['nothing', ''],
    ['JSON', '{"statusCode":"success"}'],
    ['a document that is cut within the value', body(wrapper).slice(0, -60)],
    ['a document without its last character', body(wrapper).slice(0, -1)],
    ['a document with something behind it', `${body(wrapper)}<x/>`],
    ['a document type', `<!DOCTYPE a>${body(wrapper)}`],
    ['entities', `<!DOCTYPE a [<!ENTITY b "c">]>${body(wrapper)}`],
    ['an entity that nobody declared', body(wrapper.replace('5', '&five;'))],
    ['an entity of HTML', body(wrapper.replace('5', '&nbsp;'))],
    ['an instruction', body(`<?php x ?>${wrapper}`)],
    ['half a character', Buffer.concat([Buffer.from(body(wrapper)), Buffer.from([0xc3])])],
  ])('%s', async (_name, document) => {
    await expect(service.decode(document)).rejects.toBeInstanceOf(XmlError);
  });
});

describe('a hostile answer ends soon', () => {
  test.each([
    ['150 KiB of comments that never end', '<!--'.repeat(38_400)],
    ['150 KiB of comments within the value', `<id>${'<!--'.repeat(38_400)}</id>`],
    ['a hundred thousand levels', '<a>'.repeat(100_000)],
    ['a hundred thousand levels, closed', '<a>'.repeat(100_000) + '</a>'.repeat(100_000)],
    ['a hundred thousand attributes that repeat', `<a ${'b="" '.repeat(100_000)}/>`],
    ['a megabyte of digits', `<id>${'7'.repeat(1_000_000)}</id>`],
  ])('%s', async (_name, content) => {
    const bytes = Buffer.from(answerEnvelope(content));
    const before = process.cpuUsage();
    const error: unknown = await service.decode(bytes).catch((thrown: unknown) => thrown);
    const { user, system } = process.cpuUsage(before);
    expect(error instanceof XmlError || error instanceof UnreadableAnswer).toBe(true);
    expect((user + system) / 1000).toBeLessThan(100);
  });
});

describe('a fault', () => {
  const read = async (content: string) => service.decode(body(`<S:Fault>${content}</S:Fault>`));

  test('is read with all that SOAP 1.1 gives it', async () => {
    await expect(
      read(
        '\n<faultcode>S:Client</faultcode>\n<faultstring xml:lang="en">No such season</faultstring>' +
          '<faultactor>urn:actor</faultactor>' +
          '<detail><e:Problem xmlns:e="urn:e" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><code>7</code><id i:type="xs:long">9007199254740993</id></e:Problem></detail>',
      ),
    ).resolves.toStrictEqual({
      kind: 'fault',
      faultcode: 'S:Client',
      faultcodeNamespace: soap,
      faultstring: 'No such season',
      faultactor: 'urn:actor',
      detail: { Problem: { code: '7', id: 9_007_199_254_740_993n } },
    });
  });

  test.each([
    ['Client', { faultcode: 'Client' }],
    [' S:Server\n', { faultcode: 'S:Server', faultcodeNamespace: soap }],
    ['nobody:Server', { faultcode: 'nobody:Server' }],
    ['', { faultcode: '' }],
  ])('may have the code %j', async (code, expected) => {
    await expect(read(`<faultcode>${code}</faultcode><faultstring/>`)).resolves.toStrictEqual({
      kind: 'fault',
      faultstring: '',
      ...expected,
    });
  });

  test('may declare the prefix of its code where the code is', async () => {
    await expect(
      read('<faultcode xmlns:w="urn:wsse">w:FailedAuthentication</faultcode>'),
    ).resolves.toEqual({
      kind: 'fault',
      faultcode: 'w:FailedAuthentication',
      faultcodeNamespace: 'urn:wsse',
      faultstring: '',
    });
  });

  test('may have qualified children', async () => {
    await expect(
      read('<S:faultcode>S:Server</S:faultcode><S:faultstring>Down</S:faultstring><S:more/>'),
    ).resolves.toEqual({
      kind: 'fault',
      faultcode: 'S:Server',
      faultcodeNamespace: soap,
      faultstring: 'Down',
    });
  });

  test('may say nothing', async () => {
    await expect(read('')).resolves.toEqual({ kind: 'fault', faultcode: '', faultstring: '' });
    await expect(read('<faultstring><b>x</b></faultstring>')).resolves.toEqual({
      kind: 'fault',
      faultcode: '',
      faultstring: '',
    });
  });

  test('may have a detail without elements', async () => {
    await expect(read('<detail/>')).resolves.toMatchObject({ detail: '' });
    await expect(read('<detail>text</detail>')).resolves.toMatchObject({ detail: 'text' });
  });

  test('with text between its elements, or something behind it, is none', async () => {
    await expect(read('text')).rejects.toThrow('Fault` has a text between elements');
    await expect(service.decode(body(`<S:Fault/>${wrapper}`))).rejects.toThrow('more than one');
  });
});

describe('the value of an operation', () => {
  const maker = new ModelMaker();
  const inner = maker.complex([maker.optional('id', 'long'), maker.many('tag', 'string')]);
  const answering = (output: number | null) => maker.service(maker.complex([]), output);
  const item = '<id>5</id>';

  test('is that of the one element inside the wrapper, whatever its name', async () => {
    const one = answering(maker.complex([maker.optional('CatalogResult', inner)]));
    const value = { id: 5n, tag: [] };
    await expect(one.valueOf(`\n<CatalogResult>${item}</CatalogResult>\n`)).resolves.toEqual(value);
    for (const name of ['Renamed', 'return', 'tns:CatalogResult', 'tns:SomeOddResult']) {
      await expect(one.valueOf(`<${name}>${item}</${name}>`)).resolves.toEqual(value);
    }
    await expect(one.valueOf('<CatalogResult xsi:nil="1"/>')).resolves.toBeNull();
    const text = answering(maker.complex([maker.field('return', 'boolean')]));
    await expect(text.valueOf('<return>true</return>')).resolves.toBe(true);
    const undeclared = answering(maker.complex([]));
    await expect(undeclared.valueOf('<return>true</return>')).resolves.toBe('true');
  });

  test('is the wrapper’s own object if there are none or several', async () => {
    const one = answering(maker.complex([maker.optional('id', 'long')]));
    await expect(one.valueOf('')).resolves.toStrictEqual({});
    await expect(one.valueOf('<id>1</id><id>2</id>')).resolves.toStrictEqual({ id: [1n, 2n] });
    await expect(one.valueOf('<id>1</id><x/>')).resolves.toStrictEqual({ id: 1n, x: '' });
    await expect(one.valueOf('text<id>1</id>')).resolves.toEqual({ id: 1n, $text: 'text' });
  });

  test('is the wrapper’s own object, however many come, if there may be several', async () => {
    const list = answering(maker.complex([maker.many('id', 'long')]));
    await expect(list.valueOf('')).resolves.toStrictEqual({ id: [] });
    await expect(list.valueOf('<id>1</id>')).resolves.toStrictEqual({ id: [1n] });
    const two = answering(inner);
    await expect(two.valueOf('<id>1</id>')).resolves.toStrictEqual({ id: 1n, tag: [] });
    const open = answering(maker.complex([maker.optional('id', 'long')], { open: true }));
    await expect(open.valueOf('<id>1</id>')).resolves.toStrictEqual({ id: 1n });
  });

  test('is the wrapper’s own if it is no wrapper', async () => {
    await expect(answering(maker.builtin('long')).valueOf('5')).resolves.toBe(5n);
    await expect(answering(maker.builtin('anyType')).valueOf('<a/>')).resolves.toEqual({ a: '' });
    const text = maker.complex([], { text: maker.builtin('int') });
    await expect(answering(text).valueOf('5')).resolves.toEqual({ $value: 5 });
    await expect(answering(inner).valueOf('', ' xsi:nil="true"')).resolves.toBeNull();
  });

  test('is undefined where no answer is declared and none came', async () => {
    const silent = answering(null);
    await expect(silent.decode(body(''))).resolves.toEqual({ kind: 'result', value: undefined });
    await expect(silent.decode(body(wrapper))).rejects.toBeInstanceOf(UnreadableAnswer);
  });
});
