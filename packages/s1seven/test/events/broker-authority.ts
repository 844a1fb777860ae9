import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { readTestToken, type TestClaims } from './test-token.ts';

/** The virtual host that exists. */
export const vhost = 'vendorkit';

/** Who may publish what it likes. */
export const publisherLogin = { username: `${vhost}:publisher`, password: 'not-a-secret' };

/** Decides for RabbitMQ who may connect and read what, as S1SEVEN's does (assumed). */
export interface BrokerAuthority {
  readonly url: string;
  /** The logins that were asked for: client id, and whether it was let in. */
  readonly logins: readonly { readonly clientId: string; readonly isAllowed: boolean }[];
  /** Lets no token in that was used so far, as after their day. */
  expireTokens(): void;
  close(): Promise<void>;
}

/** Starts the HTTP server that RabbitMQ's authentication backend asks. */
export async function startBrokerAuthority(): Promise<BrokerAuthority> {
  const authority = new Authority();
  const server = createServer((request, response) => {
    const answer = async () => authority.decide(request.url ?? '', await text(request));
    answer().then(
      (isAllowed) => response.end(isAllowed ? 'allow' : 'deny'),
      () => response.destroy(),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(authority, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

class Authority {
  readonly logins: { clientId: string; isAllowed: boolean }[] = [];
  readonly #used = new Set<string>();
  readonly #expired = new Set<string>();
  /** By client id: RabbitMQ sends the password only with the login. */
  readonly #claims = new Map<string, TestClaims>();

  expireTokens(): void {
    for (const token of this.#used) this.#expired.add(token);
  }

  decide(path: string, body: string): boolean {
    const asked = Object.fromEntries(new URLSearchParams(body));
    if (asked['username'] === 'publisher') return asked['vhost'] === vhost;
    switch (path) {
      case '/user':
        return this.#login(asked);
      case '/vhost':
        return asked['vhost'] === vhost;
      case '/resource':
        return this.#mayUse(asked);
      case '/topic':
        return this.#mayRead(asked);
      default:
        return false;
    }
  }

  #login({ username, password = '', vhost: host, client_id: clientId = '' }: Asked): boolean {
    const claims = this.#expired.has(password) ? undefined : readTestToken(password);
    const isOwner = claims?.sub === username && clientId.startsWith(`company_${username}_`);
    const isAllowed = host === vhost && isOwner;
    if (claims !== undefined && isAllowed) this.#claims.set(clientId, claims);
    this.#used.add(password);
    this.logins.push({ clientId, isAllowed });
    return isAllowed;
  }

  #mayUse({ resource, name, permission, client_id: clientId }: Asked): boolean {
    if (resource === 'exchange') return name === 'amq.topic' && permission === 'read';
    return resource === 'queue' && (name ?? '').startsWith(`mqtt-subscription-${clientId}qos`);
  }

  #mayRead(asked: Asked): boolean {
    const claims = this.#claims.get(asked['variable_map.client_id'] ?? '');
    const [kind, id, mode, resource, action, ...rest] = (asked['routing_key'] ?? '').split('.');
    return (
      claims !== undefined &&
      asked['permission'] === 'read' &&
      kind === 'company' &&
      id === claims.sub &&
      ['live', 'test', '*'].includes(mode ?? '') &&
      claims.scopes.includes(`${resource}/${action}`) &&
      rest.length === 0
    );
  }
}

type Asked = Readonly<Record<string, string | undefined>>;
