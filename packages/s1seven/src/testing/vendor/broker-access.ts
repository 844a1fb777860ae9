import type { BrokerClient } from '../emulated-broker.ts';
import { holderOf } from './admission.ts';
import { allows, eventActions } from './scopes.ts';
import type { World } from './world.ts';

/** Who may connect to the broker, and subscribe to what (S1SEVEN API information, "Async API"). */
export class BrokerAccess {
  readonly #world: World;
  readonly #vhost: string;

  constructor(world: World, vhost: string) {
    this.#world = world;
    this.#vhost = vhost;
  }

  /**
   * A user connects as `<vhost>:<user id>` with the user's token, a company as `<vhost>:<company id>`
   * with the token of one of its applications.
   */
  readonly authenticate = ({ username, password }: BrokerClient): boolean => {
    const end = username.lastIndexOf(':');
    if (end < 0 || username.slice(0, end) !== this.#vhost) return false;
    return username.slice(end + 1) === this.#idOf(password);
  };

  /** `company_<id>_` or `user_<id>_`, as in the vendor's example; that it is a rule is assumed. */
  readonly clientIdPrefixOf = ({ password }: BrokerClient): string | undefined => {
    const caller = holderOf(password, this.#world);
    if (caller === undefined) return undefined;
    return caller.kind === 'user' ? `user_${caller.user.id}_` : `company_${caller.company.id}_`;
  };

  /**
   * A user may have everything under `user/<user id>/`; a company, of what stands under
   * `company/<company id>/`, what its token's mode and scopes allow. `#` is not for companies, and their
   * `+` stands for all modes, or for all resources or actions that produce events (assumed).
   */
  readonly authorise = ({ password }: BrokerClient, filter: string): boolean => {
    const caller = holderOf(password, this.#world);
    const [kind, id, mode = '', resource = '', action = '', ...more] = filter.split('/');
    if (caller === undefined || kind !== caller.kind.replace('application', 'company'))
      return false;
    if (id !== this.#idOf(password)) return false;
    if (caller.kind === 'user') return mode !== '';
    if (more.length > 0 || action === '#') return false;
    if (![caller.application.mode, '+', '*'].includes(mode)) return false;
    return covered(resource, action).every(([oneResource, oneAction]) =>
      allows(caller.scopes, oneResource, oneAction),
    );
  };

  /** When a client's token ends, in milliseconds since the Unix epoch. */
  readonly expiryOf = ({ password }: BrokerClient): number | undefined =>
    this.#world.tokens.expiryOf(password);

  #idOf(token: string): string | undefined {
    const caller = holderOf(token, this.#world);
    return caller?.kind === 'user' ? caller.user.id : caller?.company.id;
  }
}

/** Every resource and action that a filter's last two levels stand for. */
function covered(resource: string, action: string): readonly (readonly [string, string])[] {
  const resources = isAny(resource) ? Object.keys(eventActions) : [resource];
  return resources.flatMap((name) => {
    const actions = isAny(action) ? (eventActions[name] ?? [action]) : [action];
    return actions.map((one) => [name, one] as const);
  });
}

/** RabbitMQ takes `*` for `+`. */
function isAny(level: string): boolean {
  return level === '+' || level === '*';
}
