import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VendorError } from '@vendorkit/core';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseWsdl } from '../../src/wsdl/parse-wsdl.ts';
import { readWsdlFile } from '../../src/wsdl/read-wsdl-file.ts';
import { schemaOf, wsdlOf } from './compile.ts';

const fixture = (name: string) => join(__dirname, 'fixtures', name);
const including = (location: string) =>
  wsdlOf(schemaOf(`<xs:include schemaLocation="${location}"/>`));
const types = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:complexType name="In"/></xs:schema>`;

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wsdl-'));
  await mkdir(join(folder, 'own'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const own = (name: string) => join(folder, 'own', name);

async function refusal(file: string): Promise<VendorError> {
  const error: unknown = await readWsdlFile(file).catch((thrown: unknown) => thrown);
  if (!VendorError.is(error)) throw new Error('It should fail with a VendorError.');
  expect(error).toMatchObject({ code: 'CONFIGURATION', outcome: 'not-sent' });
  expect(error.message).not.toContain(folder);
  return error;
}

describe('imports', () => {
  test.each([
    ['types.xsd', 'types.xsd'],
    ['with spaces & more/types.xsd', 'with%20spaces%20&amp;%20more/types.xsd'],
    ['with spaces & more/types.xsd', 'with spaces &amp; more/types.xsd'],
    ['below/types.xsd', './below/../below/types.xsd#part'],
    ['below/types.xsd', String.raw`below\types.xsd`],
  ])('of %s are read as %s', async (file, location) => {
    await mkdir(join(own(file), '..'), { recursive: true });
    await writeFile(own(file), types);
    await writeFile(own('service.wsdl'), including(location));
    expect(parseWsdl(await readWsdlFile(own('service.wsdl'))).types[0]).toMatchObject({
      name: 'In',
    });
  });

  test('out of the folder are refused', async () => {
    const { message, hint } = await refusal(fixture('escape/upwards.wsdl'));
    expect(message).toBe(
      'The WSDL file cannot be used. It imports `catalog-port-type.wsdl` from outside its folder.',
    );
    expect(hint).toContain('--folder');
  });

  test('upwards are read where a folder is named that holds both', async () => {
    await writeFile(join(folder, 'types.xsd'), types);
    await writeFile(own('service.wsdl'), including('../types.xsd'));
    const documents = await readWsdlFile(own('service.wsdl'), folder);
    expect(parseWsdl(documents).types[0]).toMatchObject({ name: 'In' });
    await expect(
      readWsdlFile(own('service.wsdl'), join(folder, 'elsewhere')),
    ).rejects.toMatchObject({ code: 'CONFIGURATION' });
  });

  test('out of the folder over a symbolic link are refused', async () => {
    await writeFile(join(folder, 'types.xsd'), types);
    await symlink(join(folder, 'types.xsd'), own('types.xsd'));
    await writeFile(own('service.wsdl'), including('types.xsd'));
    expect((await refusal(own('service.wsdl'))).message).toContain('from outside its folder');
  });

  test('from a folder whose name only begins like the own one are refused', async () => {
    await mkdir(join(folder, 'ownership'));
    await writeFile(join(folder, 'ownership', 'types.xsd'), types);
    await writeFile(own('service.wsdl'), including('../ownership/types.xsd'));
    expect((await refusal(own('service.wsdl'))).message).toContain('from outside its folder');
  });

  test('over the network are refused, with what to do instead', async () => {
    const error = await refusal(fixture('escape/remote.wsdl'));
    expect(error.message).toBe(
      'The WSDL file cannot be used. It imports from `http://vendor.example`, and only files are read.',
    );
    expect(error.hint).toContain('Save that document beside the WSDL');
  });

  test.each([
    ['file://other.example/types.xsd', 'It imports from `file:'],
    ['//other.example/types.xsd', 'It imports from `file:'],
    ['data:text/xml,x', 'It imports from `data:'],
    ['http://[', 'It imports from what is no location'],
    ['/etc/passwd', 'It imports `passwd` from outside its folder'],
    ['file:///etc/passwd', 'It imports `passwd` from outside its folder'],
    ['%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd', 'It imports `passwd` from outside its folder'],
    ['/%2e%2e/etc/passwd', 'It imports `passwd` from outside its folder'],
    ['a%2f..%2fb', '`a%2f..%2fb` cannot be read'],
    ['%zz', '`%zz` cannot be read'],
  ])('from %s are refused', async (location, problem) => {
    await writeFile(own('service.wsdl'), including(location));
    expect((await refusal(own('service.wsdl'))).message).toContain(problem);
  });
});

describe('a file', () => {
  test('may be named by a link', async () => {
    await writeFile(own('types.xsd'), types);
    await writeFile(join(folder, 'service.wsdl'), including('types.xsd'));
    await symlink(join(folder, 'service.wsdl'), own('service.wsdl'));
    expect(parseWsdl(await readWsdlFile(own('service.wsdl'))).name).toBe('S');
  });

  test.each([
    ['gone.wsdl', '`gone.wsdl` is not there'],
    ['gone/gone.wsdl', 'Its folder is not there'],
    ['folder', '`folder` cannot be read'],
  ])('%s is refused', async (name, problem) => {
    await mkdir(own('folder'));
    expect((await refusal(own(name))).message).toContain(problem);
  });

  test('that is too long is refused', async () => {
    await writeFile(own('long.wsdl'), Buffer.alloc(21 * 1024 * 1024, ' '));
    expect((await refusal(own('long.wsdl'))).message).toContain('is longer than 20971520 bytes');
  });

  test('that is no WSDL is refused', async () => {
    await writeFile(own('page.wsdl'), '<html/>');
    expect((await refusal(own('page.wsdl'))).message).toBe(
      'The WSDL file cannot be used. It has no `definitions` of WSDL 1.1.',
    );
  });
});
