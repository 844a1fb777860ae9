import { describe, expect, test } from '@jest/globals';
import { readCommandLine, WrongUsage } from '../../../src/types/command/command-line.ts';
import { canaries } from '../../../../../tooling/canary/canary.ts';

const url = 'https://example.com/service?wsdl';
const defaults = {
  kind: 'types',
  wsdl: url,
  out: undefined,
  service: undefined,
  folder: undefined,
  headers: {},
};

describe('a command line', () => {
  test('needs no more than a WSDL', () => {
    expect(readCommandLine(['types', url])).toEqual(defaults);
  });

  test('has its options in any order, long or short', () => {
    const expected = {
      ...defaults,
      out: 'a.ts',
      service: 'Catalog',
      headers: { accept: 'text/xml' },
    };
    const long = [
      '--out',
      'a.ts',
      'types',
      '--service=Catalog',
      url,
      '--header',
      'Accept: text/xml',
    ];
    const short = ['types', url, '-o', 'a.ts', '-s', 'Catalog', '-H', 'accept:text/xml'];
    expect(readCommandLine(long)).toEqual(expected);
    expect(readCommandLine(short)).toEqual(expected);
  });

  test('may have several headers, with any characters in their values', () => {
    const args = ['types', url, '-H', 'Authorization: Basic a:b=', '-H', 'X-Empty:'];
    expect(readCommandLine(args)).toMatchObject({
      headers: { authorization: 'Basic a:b=', 'x-empty': '' },
    });
  });

  test('may name the folder of what a file imports', () => {
    const expected = { ...defaults, wsdl: 'a/b.wsdl', folder: 'a' };
    expect(readCommandLine(['types', 'a/b.wsdl', '--folder', 'a'])).toEqual(expected);
    expect(readCommandLine(['types', 'a/b.wsdl', '-f', 'a'])).toEqual(expected);
  });

  test('asks for help or the version, whatever else it says', () => {
    expect(readCommandLine(['--help'])).toEqual({ kind: 'help' });
    expect(readCommandLine(['types', '-h'])).toEqual({ kind: 'help' });
    expect(readCommandLine(['--version'])).toEqual({ kind: 'version' });
  });

  test.each([
    [[], /Expected the command/],
    [['type', url], /Expected the command/],
    [['types'], /URL or file/],
    [['types', ''], /URL or file/],
    [['types', url, 'other.ts'], /one WSDL/],
    [['types', url, '--out', ''], /after --out/],
    [['types', url, '--outfile', 'a.ts'], /--outfile/],
    [['types', url, '--out'], /--out/],
    [['types', url, '--folder', 'a'], /--folder/],
    [['types', url, '--header', 'no colon'], /Name: value/],
    [['types', url, '--header', ': value'], /Name: value/],
    [['types', 'a.wsdl', '--header', 'A: b'], /without --header/],
    [['types', 'C:\\a.wsdl', '--header', 'A: b'], /without --header/],
  ])('%j makes no sense', (args, message) => {
    expect(() => readCommandLine(args)).toThrow(WrongUsage);
    expect(() => readCommandLine(args)).toThrow(message);
  });

  test('whose header is wrong is refused without a word of it', () => {
    const header = `=${canaries.password}`;
    let message = '';
    try {
      readCommandLine(['types', url, '--header', header]);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toBe("Expected a header such as 'Name: value'");
  });
});
