import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startRealServer, type RealServer } from './real-server.ts';

/** A private RabbitMQ with its MQTT plugins. */
export interface RealRabbitMq {
  readonly mqttPort: number;
  readonly webSocketPort: number;
  /** Ends it as a power cut would. What was confirmed is on the disk. */
  kill(): Promise<void>;
  /** Starts it again, on the same ports and with the same data. */
  start(): Promise<void>;
  /** Ends it for good, and removes what it wrote. */
  close(): Promise<void>;
}

/** How the private RabbitMQ is set up. */
export interface RabbitMqOptions {
  readonly vhost: string;
  /** The HTTP server that decides who may do what (RabbitMQ, "HTTP authentication backend"). */
  readonly authorityUrl: string;
}

/** Debian's packages put it here; it is started by its own script, not by the service's. */
const installation = '/usr/lib/rabbitmq/lib';

/**
 * Starts RabbitMQ with MQTT, MQTT over WebSocket at `/ws/mqtt` and an HTTP authentication backend,
 * apart from any that runs on this machine already. Sessions last 30 minutes, as S1SEVEN's.
 */
export async function startRabbitMq(options: RabbitMqOptions): Promise<RealRabbitMq> {
  const folder = await mkdtemp(join(tmpdir(), 'vendorkit-rabbitmq-'));
  const [nameServerPort, distributionPort, mqttPort, webSocketPort] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  await writeSettings(folder, { ...options, mqttPort, webSocketPort });
  const environment = environmentOf(folder, nameServerPort, distributionPort);
  // Erlang's name server: RabbitMQ would start one that outlives it.
  const names = ['-port', String(nameServerPort), '-address', '127.0.0.1'];
  const nameServer = await startRealServer(nameServerPort, 'epmd', names);
  let server: RealServer | undefined;
  const start = async () => {
    const ports = [mqttPort, webSocketPort];
    server = await startRealServer(ports, serverScript(), [], environment);
  };
  const kill = async () => server?.stop('SIGKILL');
  const close = async () => {
    await kill();
    await nameServer.stop('SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  await start().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { mqttPort, webSocketPort, start, kill, close };
}

function serverScript(): string {
  const versions = existsSync(installation) ? readdirSync(installation) : [];
  const newest = versions.filter((name) => name.startsWith('rabbitmq_server-')).at(-1);
  if (newest === undefined) throw new Error(`RabbitMQ is missing: there is no ${installation}.`);
  return join(installation, newest, 'sbin/rabbitmq-server');
}

function environmentOf(
  folder: string,
  nameServerPort: number,
  distributionPort: number,
): Record<string, string> {
  return {
    HOME: folder,
    ERL_EPMD_PORT: String(nameServerPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: `vendorkit${distributionPort}@localhost`,
    RABBITMQ_DIST_PORT: String(distributionPort),
    RABBITMQ_CONF_ENV_FILE: join(folder, 'environment.conf'),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_PID_FILE: join(folder, 'pid'),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    // Makes the script become the server, so that killing the one kills the other.
    RUNNING_UNDER_SYSTEMD: 'true',
  };
}

async function writeSettings(
  folder: string,
  settings: RabbitMqOptions & { mqttPort: number; webSocketPort: number },
): Promise<void> {
  const write = async (name: string, text: string) => writeFile(join(folder, name), text);
  const plugins = 'rabbitmq_mqtt,rabbitmq_web_mqtt,rabbitmq_auth_backend_http';
  await write('enabled_plugins', `[${plugins}].\n`);
  await write('environment.conf', '');
  await write('rabbitmq.conf', configuration(settings));
  await write('.erlang.cookie', 'VENDORKITTESTS');
  await chmod(join(folder, '.erlang.cookie'), 0o400);
}

function configuration({
  vhost,
  authorityUrl,
  mqttPort,
  webSocketPort,
}: RabbitMqOptions & { mqttPort: number; webSocketPort: number }): string {
  return `listeners.tcp = none
default_vhost = ${vhost}
mqtt.listeners.tcp.1 = 127.0.0.1:${mqttPort}
mqtt.allow_anonymous = false
mqtt.vhost = ${vhost}
mqtt.subscription_ttl = 1800000
web_mqtt.tcp.ip = 127.0.0.1
web_mqtt.tcp.port = ${webSocketPort}
web_mqtt.ws_path = /ws/mqtt
auth_backends.1 = http
auth_http.http_method = post
auth_http.user_path = ${authorityUrl}/user
auth_http.vhost_path = ${authorityUrl}/vhost
auth_http.resource_path = ${authorityUrl}/resource
auth_http.topic_path = ${authorityUrl}/topic
`;
}
