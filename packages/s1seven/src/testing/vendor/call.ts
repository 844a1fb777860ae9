import type { EmulatorRequest } from '@vendorkit/core/testing';
import type { Mode } from '../../operation-caller.ts';
import { VendorProblem } from './problem.ts';
import type {
  ApplicationRecord,
  CompanyRecord,
  EmulatedScopes,
  Owned,
  Stored,
  UserRecord,
} from './records.ts';
import type { World } from './world.ts';

/** Who calls, by token. */
export type Caller =
  | {
      readonly kind: 'application';
      readonly application: ApplicationRecord;
      readonly company: CompanyRecord;
      readonly scopes: EmulatedScopes;
    }
  | { readonly kind: 'user'; readonly user: UserRecord };

/** What is known of a call once it was admitted. */
export interface CallFacts<Body, Query> {
  readonly world: World;
  readonly request: EmulatorRequest;
  /** The values of the path's variables, decoded. */
  readonly variables: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly query: Query;
  readonly caller: Caller | undefined;
  readonly company: CompanyRecord | undefined;
  readonly mode: Mode | undefined;
}

/** One call, as the code that performs it sees it. */
export class Call<Body, Query> {
  readonly #facts: CallFacts<Body, Query>;

  constructor(facts: CallFacts<Body, Query>) {
    this.#facts = facts;
  }

  get world(): World {
    return this.#facts.world;
  }

  get request(): EmulatorRequest {
    return this.#facts.request;
  }

  get body(): Body {
    return this.#facts.body;
  }

  get query(): Query {
    return this.#facts.query;
  }

  /** The variable `{id}` of the path. */
  get id(): string {
    return this.variable('id');
  }

  variable(name: string): string {
    return this.#facts.variables[name] ?? '';
  }

  /** Who calls. @throws VendorProblem 401 if nobody is known to. */
  get caller(): Caller {
    const { caller } = this.#facts;
    if (caller === undefined) throw new VendorProblem(401, 'Unauthorized');
    return caller;
  }

  /**
   * The user who calls. An application's token acts for the owner of its company (assumed).
   */
  get user(): UserRecord {
    const { caller } = this;
    if (caller.kind === 'user') return caller.user;
    return this.world.records.users.get(caller.company.owner);
  }

  /** The company that the call is for. @throws VendorProblem 400 if it is not known. */
  get company(): CompanyRecord {
    const { company } = this.#facts;
    if (company === undefined) throw new VendorProblem(400, 'The header `company` is missing.');
    return company;
  }

  /** The mode of the token, or else of the query. @throws VendorProblem 400 if it is not known. */
  get mode(): Mode {
    if (this.modeIfKnown !== undefined) return this.modeIfKnown;
    throw new VendorProblem(400, 'The query parameter `mode` is missing.', {
      details: ['mode must be one of the following values: live, test'],
    });
  }

  get modeIfKnown(): Mode | undefined {
    return this.#facts.mode;
  }

  /** Whether a record belongs to the call's company. */
  readonly isOfCompany = (record: Stored & { readonly owner: string }): boolean =>
    record.owner === this.company.id;

  /** Whether a record belongs to the call's company and mode. */
  readonly isOfCompanyAndMode = (record: Owned): boolean =>
    this.isOfCompany(record) && record.mode === this.mode;
}
