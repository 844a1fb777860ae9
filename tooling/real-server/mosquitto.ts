import { existsSync } from 'node:fs';
import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, startRealServer, type RealServer } from './real-server.ts';

/** A user of the private Mosquitto, and what it may do. */
export interface MosquittoUser {
  readonly name: string;
  readonly password: string;
  /** A pattern of the filters that it may subscribe to. */
  readonly reads?: string;
  /** A pattern of topics that it may publish to. */
  readonly writes?: string;
}

/** A private Mosquitto that keeps its sessions on the disk. */
export interface RealMosquitto {
  readonly mqttPort: number;
  readonly webSocketPort: number;
  /** Writes what it has to the disk, and ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again, on the same ports and with the same data. */
  start(): Promise<void>;
  /** Ends it for good, and removes what it wrote. */
  close(): Promise<void>;
}

/** Starts Mosquitto with MQTT over TCP and over WebSocket, apart from any that runs already. */
export async function startMosquitto(users: readonly MosquittoUser[]): Promise<RealMosquitto> {
  const folder = await mkdtemp(join(tmpdir(), 'vendorkit-mosquitto-'));
  const [mqttPort, webSocketPort] = await Promise.all([freePort(), freePort()]);
  const configFile = join(folder, 'mosquitto.conf');
  await writeFile(join(folder, 'security.json'), JSON.stringify(securityOf(users)));
  await writeFile(configFile, configuration(folder, mqttPort, webSocketPort));
  let server: RealServer | undefined;
  const start = async () => {
    const ports = [mqttPort, webSocketPort];
    server = await startRealServer(ports, 'mosquitto', ['-c', configFile]);
  };
  const kill = async () => {
    const before = await lastSave(folder);
    server?.signal('SIGUSR1');
    for (let wait = 0; wait < 5_000 && (await lastSave(folder)) === before; wait += 1)
      await sleep(2);
    await server?.stop('SIGKILL');
  };
  const close = async () => {
    await server?.stop('SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  await start().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { mqttPort, webSocketPort, start, kill, close };
}

/** Mosquitto puts a whole new file in place each time. */
async function lastSave(folder: string): Promise<number | undefined> {
  return stat(join(folder, 'mosquitto.db')).then(
    ({ ino }) => ino,
    () => undefined,
  );
}

/** What the dynamic security plugin reads: the plain access file cannot refuse a SUBSCRIBE. */
function securityOf(users: readonly MosquittoUser[]): object {
  return {
    defaultACLAccess: {
      publishClientSend: false,
      publishClientReceive: true,
      subscribe: false,
      unsubscribe: true,
    },
    clients: users.map(({ name, password }) => ({
      username: name,
      roles: [{ rolename: name }],
      ...hashed(password),
    })),
    roles: users.map(({ name, reads, writes }) => ({
      rolename: name,
      acls: [...grant('subscribePattern', reads), ...grant('publishClientSend', writes)],
    })),
  };
}

function grant(acltype: string, topic: string | undefined): object[] {
  return topic === undefined ? [] : [{ acltype, topic, allow: true, priority: 0 }];
}

function hashed(password: string): object {
  const salt = randomBytes(12);
  const iterations = 101;
  const hash = pbkdf2Sync(password, salt, iterations, 64, 'sha512');
  return { salt: salt.toString('base64'), iterations, password: hash.toString('base64') };
}

/** The plugin is part of the Debian package. */
function securityPlugin(): string {
  const folders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib'];
  const files = folders.map((folder) => join(folder, 'mosquitto_dynamic_security.so'));
  const file = files.find((candidate) => existsSync(candidate));
  if (file === undefined)
    throw new Error(`Mosquitto is missing: there is none of ${files.join(', ')}.`);
  return file;
}

// It writes when it is told to (SIGUSR1): writing each change makes it read one packet per file that it
// writes, so that a cut finds dozens of acknowledgements unread. `user root` keeps root from becoming
// `mosquitto`, who may not write here.
function configuration(folder: string, mqttPort: number, webSocketPort: number): string {
  return `user root
per_listener_settings false
persistence true
persistence_location ${folder}/
autosave_interval 0
max_queued_messages 0
log_dest none
allow_anonymous false
plugin ${securityPlugin()}
plugin_opt_config_file ${join(folder, 'security.json')}
listener ${mqttPort} 127.0.0.1
listener ${webSocketPort} 127.0.0.1
protocol websockets
`;
}
