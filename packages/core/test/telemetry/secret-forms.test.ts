import { describe, expect, test } from '@jest/globals';
import { secretForms } from '../../src/telemetry/secret-forms.ts';

const secret = 'p/ä"<&\' \n(1)+';

describe('secretForms', () => {
  test.each([
    ['as it is', secret],
    ['encodeURIComponent', "p%2F%C3%A4%22%3C%26'%20%0A(1)%2B"],
    ['percent-encoding in lower case', "p%2f%c3%a4%22%3c%26'%20%0a(1)%2b"],
    ['strict percent-encoding', 'p%2F%C3%A4%22%3C%26%27%20%0A%281%29%2B'],
    ['an HTML form', 'p%2F%C3%A4%22%3C%26%27+%0A%281%29%2B'],
    ['JSON', 'p/ä\\"<&\' \\n(1)+'],
    ['JSON with escaped slashes', 'p\\/ä\\"<&\' \\n(1)+'],
    ['JSON that is safe in HTML', 'p/ä\\"\\u003c\\u0026\\u0027 \\n(1)+'],
    ['JSON in ASCII', 'p/\\u00e4\\"\\u003c\\u0026\\u0027 \\n(1)+'],
    ['JSON within JSON', 'p/ä\\\\\\"<&\' \\\\n(1)+'],
    ['single quotes, as util.inspect prints', 'p/ä"<&\\\' \\n(1)+'],
    ['XML content', 'p/ä"&lt;&amp;\' \n(1)+'],
    ['an XML attribute', 'p/ä&quot;&lt;&amp;&apos; \n(1)+'],
    ['XML with numbered quotes', 'p/ä&#34;&lt;&amp;&#39; \n(1)+'],
    ['hexadecimal', '702fc3a4223c2627200a2831292b'],
    ['hexadecimal in capitals', '702FC3A4223C2627200A2831292B'],
    ['the bytes of a Buffer', '70 2f c3 a4 22 3c 26 27 20 0a 28 31 29 2b'],
    ['base64', 'cC/DpCI8JicgCigxKSs='],
    ['base64url', 'cC_DpCI8JicgCigxKSs'],
  ])('has %s', (_name, form) => {
    expect(secretForms(secret)).toContain(form);
  });

  test.each(['', 'u', 'us', 'user:'])('is found in base64 after %j', (before) => {
    const long = 'correct horse battery staple';
    const encoded = Buffer.from(`${before}${long} and more`).toString('base64');
    expect(secretForms(long).some((form) => encoded.includes(form))).toBe(true);
  });

  test('has each form once and none that is empty', () => {
    const forms = secretForms('plain');
    expect(new Set(forms).size).toBe(forms.length);
    expect(forms).not.toContain('');
    expect(secretForms('')).toEqual([]);
  });

  test('takes half a surrogate pair', () => {
    expect(secretForms('half \ud800')).toContain('half \ud800');
  });
});
