// Writes the types of a service with the command that comes with the package.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startSecutixSoapEmulator } from '@vendorkit/secutix-soap/testing';

const emulator = await startSecutixSoapEmulator();
const service = 'com.secutix.service.realtime.catalog.v1_33.CatalogService.webservice?wsdl';
const address = `${emulator.url}/tnseb/external-remoting/${service}`;
const run = promisify(execFile);
await run('npx', ['secutix-soap', 'types', address, '--out', 'catalog-service.ts']);
await emulator.close();
