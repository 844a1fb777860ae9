import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  freePort,
  startRealServer,
  type RealServer,
} from '../../../tooling/real-server/real-server.ts';
import { SecutixRest, type SecutixRestOptions } from '../src/index.ts';
import { startSecutixRestEmulator, type SecutixRestEmulator } from '../src/testing/index.ts';

// The vendor stands behind a web server that we did not write: nginx, with TLS, short keep-alive that
// it does not announce, and its own error pages.

const fixtures = join(__dirname, '../../core/test/fixtures');

let emulator: SecutixRestEmulator;
let nginx: RealServer;
let folder: string;
let options: SecutixRestOptions;
let secutix: SecutixRest;

beforeEach(async () => {
  emulator = await startSecutixRestEmulator({ quota: [] });
  folder = await mkdtemp(join(tmpdir(), 'vendorkit-nginx-'));
  const port = await freePort();
  await writeFile(join(folder, 'nginx.conf'), configuration(port, emulator.url));
  const parameters = ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'];
  nginx = await startRealServer(port, 'nginx', parameters);
  options = {
    ...emulator.options,
    baseUrl: `https://localhost:${port}/front`,
    ca: await readFile(join(fixtures, 'authority.pem')),
    quota: [],
    // Client, vendor and all handshakes share one thread here: few connections keep it responsive.
    maxSockets: 8,
    retry: { attempts: 1 },
  };
  secutix = new SecutixRest(options);
});

afterEach(async () => {
  await secutix.close();
  await nginx.stop('SIGQUIT');
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

describe('behind nginx', () => {
  test('calls succeed over TLS, below a path prefix', async () => {
    const answer = await secutix.service('catalogService').getPOSConfig();
    expect(answer.statusCode).toBe('success');
    expect(emulator.requests[0]?.path).toBe(
      '/tnseb/backend-apis/catalogService/v1_33/getPOSConfig',
    );
  });

  test('a hundred calls at once succeed, no token older than a second', async () => {
    const contacts = secutix.service('contactInformationPublicService');
    const calls = Array.from({ length: 100 }, (_, index) =>
      contacts.getContactData({ contactNumber: String(301 + index) }),
    );
    await expect(Promise.all(calls)).resolves.toHaveLength(100);
    expect(emulator.state.worstTokenAgeMs).toBeLessThan(1_000);
    expect(Math.min(...emulator.state.tokenAgesMs)).toBeGreaterThanOrEqual(0);
  });

  test('an upstream that is down is a SERVER_ERROR with its page in the details', async () => {
    await emulator.close();
    const call = secutix.call('catalogService', 'getPOSConfig');
    await expect(call).rejects.toMatchObject({
      code: 'SERVER_ERROR',
      status: 502,
      outcome: 'answered',
      details: { text: expect.stringContaining('502 Bad Gateway') },
    });
  });

  test('a body that the front refuses is a BAD_REQUEST', async () => {
    const call = secutix.call('catalogService', 'getCatalog', { seasonCode: 'x'.repeat(100_000) });
    await expect(call).rejects.toMatchObject({ code: 'BAD_REQUEST', status: 413 });
  });

  test('bursts around the end of keep-alive lose no read', async () => {
    const patient = new SecutixRest({ ...options, retry: {} });
    for (const pauseMs of [0, 980, 1_000, 1_020]) {
      await sleep(pauseMs);
      const calls = Array.from({ length: 20 }, () =>
        patient.call('catalogService', 'getPOSConfig'),
      );
      await expect(Promise.all(calls)).resolves.toHaveLength(20);
    }
    await patient.close();
  });
});

function configuration(port: number, upstream: string): string {
  return `
    daemon off; master_process off; worker_processes 1; pid nginx.pid; error_log stderr;
    events { worker_connections 1024; }
    http {
      access_log off; client_max_body_size 50k; keepalive_timeout 1s;
      client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;
      server {
        listen 127.0.0.1:${port} ssl;
        ssl_certificate ${fixtures}/server.pem;
        ssl_certificate_key ${fixtures}/server-key.pem;
        location /front/ { proxy_pass ${upstream}/; proxy_http_version 1.1; }
      }
    }`;
}
