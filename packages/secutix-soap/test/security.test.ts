import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Redactor } from '@vendorkit/core';
import { SaxesParser } from 'saxes';
import { canaries } from '../../../tooling/canary/secrets.ts';
import { sealer, spellingsOf, type SecuritySettings } from '../src/security.ts';
import { thrown } from './harness.ts';

const settings: SecuritySettings = {
  username: 'INSTIT_ZOE',
  password: 'ILoveDogs',
  security: 'passwordText',
  mustUnderstand: false,
};

/** What a parser that is not ours finds: each element as `{namespace}name`, its attributes and text. */
function read(envelope: string) {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: typeof elements = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ uri, local, attributes }) => {
    const own = Object.values(attributes).filter(({ prefix }) => prefix !== 'xmlns');
    const element = {
      name: `{${uri}}${local}`,
      attributes: Object.fromEntries(
        own.map((attribute) => [`{${attribute.uri}}${attribute.local}`, attribute.value]),
      ),
      text: '',
    };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(envelope).close();
  return elements;
}

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const wsu = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';

test('the bare header is the example of SecuTix SOAP 4.1', () => {
  expect(read(sealer({ ...settings, security: 'bare' })('<x/>'))).toEqual([
    { name: `{${soap}}Envelope`, attributes: {}, text: '' },
    { name: `{${soap}}Header`, attributes: {}, text: '' },
    { name: `{${wsse}}Security`, attributes: {}, text: '' },
    { name: `{${wsse}}UsernameToken`, attributes: {}, text: '' },
    { name: `{${wsse}}Username`, attributes: {}, text: 'INSTIT_ZOE' },
    { name: `{${wsse}}Password`, attributes: {}, text: 'ILoveDogs' },
    { name: `{${soap}}Body`, attributes: {}, text: '' },
    { name: '{}x', attributes: {}, text: '' },
  ]);
});

test('the usual header has a legal wsu:Id and the type of the password, no time and no nonce', () => {
  const elements = read(sealer(settings)('<x/>'));
  const [, , security, token, user, password] = elements;
  expect(security?.attributes).toEqual({});
  expect(token?.attributes).toEqual({
    [`{${wsu}}Id`]: expect.stringMatching(/^[A-Za-z_][\w.-]*$/),
  });
  expect(user).toEqual({ name: `{${wsse}}Username`, attributes: {}, text: 'INSTIT_ZOE' });
  expect(password).toEqual({
    name: `{${wsse}}Password`,
    attributes: {
      '{}Type':
        'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText',
    },
    text: 'ILoveDogs',
  });
  expect(elements).toHaveLength(8);
});

test.each(['bare', 'passwordText'] as const)('mustUnderstand can be said in %s', (security) => {
  const [, , header] = read(sealer({ ...settings, security, mustUnderstand: true })(''));
  expect(header).toMatchObject({ attributes: { [`{${soap}}mustUnderstand`]: '1' } });
});

describe('any character', () => {
  const legal = fc
    .string({ unit: 'binary' })
    .map((text) => text.replaceAll(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, ''))
    .filter((text) => text !== '');

  test('of a username and a password arrives', () => {
    fc.assert(
      fc.property(
        legal,
        legal,
        fc.constantFrom('bare' as const, 'passwordText' as const),
        (username, password, security) => {
          const elements = read(sealer({ ...settings, username, password, security })(''));
          expect([elements[4]?.text, elements[5]?.text]).toEqual([username, password]);
        },
      ),
    );
  });

  test.each([
    '<>&"\' é 🚀 ]]>',
    ' spaces around ',
    '\ttabs and\nline\r\nends\r',
    '&amp;&#65;<![CDATA[x]]>',
    '</wsse:Password><evil/>',
    '\u0085\u2028\u00a0\u{10ffff}',
    canaries.password,
  ])('%j', (password) => {
    expect(read(sealer({ ...settings, password })(''))[5]?.text).toBe(password);
  });

  test.each([
    ['username', 'a\0b'],
    ['password', 'a\u0007b'],
    ['password', 'a\ud83d'],
    ['password', 'a\uffff'],
  ])('that XML cannot carry is refused, and the %s not shown', async (field, value) => {
    const error = await thrown(() => sealer({ ...settings, [field]: value }));
    expect(error).toMatchObject({ code: 'CONFIGURATION', field, outcome: 'not-sent' });
    expect(JSON.stringify(error)).not.toContain(JSON.stringify(value).slice(1, -1));
  });
});

test('a password is recognised in every form that XML writes it in', () => {
  expect(spellingsOf('plain')).toEqual(['plain']);
  const redactor = new Redactor(spellingsOf('<&>"\' Zoe\r'));
  for (const form of [
    '<&>"\' Zoe\r',
    '&lt;&amp;>"\' Zoe\r',
    '&lt;&amp;&gt;"\' Zoe\r',
    "&lt;&amp;>&quot;' Zoe\r",
    '&lt;&amp;>&quot;&apos; Zoe\r',
    '&lt;&amp;&gt;&quot;&apos; Zoe\r',
    '&lt;&amp;&gt;&quot;&#39; Zoe\r',
    '&lt;&amp;>&#34;&#39; Zoe\r',
    '&lt;&amp;&gt;"\' Zoe&#13;',
    '&lt;&amp;&gt;&quot;&apos; Zoe&#13;',
  ]) {
    expect(redactor.text(`Not ${form}.`)).toBe('Not [redacted].');
  }
});
