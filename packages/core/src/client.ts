import { exchange } from './call.ts';
import { callPromise, type CallPromise, type WithResponse } from './call-promise.ts';
import type { CallRequest, Step } from './call-request.ts';
import type { EngineParts } from './engine-parts.ts';
import { closedError } from './errors/closed.ts';
import { addContext, asVendorError, VendorError } from './errors/vendor-error.ts';
import { joinQuota, type ClientQuota, type QuotaStatus } from './limiter/client-quota.ts';
import type { QuotaRule } from './limiter/rule.ts';
import { OpenWork } from './open-work.ts';
import type { CallOptions, ClientSettings } from './options.ts';
import { RetryBudget } from './retry/budget.ts';
import type { AfterRefusal } from './retry/refusal-pause.ts';
import { createTelemetry } from './telemetry/channels.ts';
import { Redactor } from './telemetry/redact.ts';
import { ServerClock } from './time/server-clock.ts';
import { parseBaseUrl } from './transport/base-url.ts';
import { createTransport, type ClientCertificate } from './transport/transport.ts';
import { endTrip, startTrip, type Trip } from './trip.ts';

/** What a vendor package tells the engine about its vendor and this client's account. */
export interface VendorProfile {
  /** The vendor's name, which all packages for that vendor share. */
  readonly vendor: string;
  /** Where the vendor is, unless the caller said so. */
  readonly baseUrl: string;
  /** Whose quota is used: an institution, a credential. */
  readonly account: string;
  /**
   * The host under which the account's quota is counted, where several hosts share one.
   * @defaultValue the host of the base URL
   */
  readonly quotaHost?: string | undefined;
  /** The names of the scopes that a quota rule may have. */
  readonly scopes: readonly string[];
  /** The quota's rules, unless the caller gave some. */
  readonly rules: readonly QuotaRule[];
  /** What the contract includes in a month, if that is known. It is counted, never enforced. */
  readonly monthly?: { readonly calls: number; readonly bytes: number } | undefined;
  /** The vendor's way to a higher limit, for the error of a call that was refused. */
  readonly rateLimitHint?: string | undefined;
  /**
   * What is added to the vendor's `Retry-After` after a 429 or 509, for a vendor whose word is too short
   * at times: the calls of the quota that refused wait that much longer, and for at least a whole window
   * if the first call after the pause is refused again. A `Retry-After` of 0 then counts as a second, and
   * one of more than an hour and 60 windows as milliseconds. If absent, the vendor is taken at its word.
   */
  readonly afterRefusal?: AfterRefusal | undefined;
  /** Texts that must appear nowhere. */
  readonly secrets: readonly string[];
  /** The client's certificate, for mutual TLS. */
  readonly clientCertificate?: ClientCertificate | undefined;
}

/** One call, validated and ready to go. */
export interface CallPlan<Result> {
  /** The first request. */
  readonly request: CallRequest<Result>;
  /** What the caller said about this call. */
  readonly options: CallOptions;
  /** How to go on while the vendor answers "in progress". */
  readonly poll?: PollPlan<Result> | undefined;
}

/** How a call goes on while the vendor answers "in progress". */
export interface PollPlan<Result> {
  /** How long to wait before asking again, in milliseconds. */
  readonly intervalMs: number;
  /** The request that asks again. */
  readonly request: (requestId: bigint | string | undefined) => CallRequest<Result>;
}

/** The engine of one client: what a vendor package builds on. */
export class Engine {
  readonly #parts: EngineParts;
  readonly #quota: ClientQuota;
  readonly #deadlineMs: number;
  readonly #work = new OpenWork();

  /** @throws VendorError `CONFIGURATION` or `CERTIFICATE` if the options do not fit together. */
  constructor(profile: VendorProfile, settings: ClientSettings) {
    const { vendor, secrets, rateLimitHint, afterRefusal, clientCertificate } = profile;
    const { clock, proxy, ca, maxSockets, maxResponseBytes, retry, timeoutMs } = settings;
    const baseUrl = parseBaseUrl(settings.baseUrl ?? profile.baseUrl);
    const telemetry = createTelemetry({ vendor, hooks: settings.hooks, logger: settings.logger });
    const transport = createTransport({ baseUrl, proxy, ca, clientCertificate, maxSockets, clock });
    const { quota } = settings;
    const host = profile.quotaHost ?? baseUrl.host;
    this.#quota = joinQuota({ ...profile, vendor, host, quota, clock, telemetry });
    this.#deadlineMs = settings.deadlineMs;
    this.#parts = {
      vendor,
      baseUrl,
      clock,
      transport,
      limiter: this.#quota.limiter,
      usage: this.#quota.usage,
      telemetry,
      serverClock: new ServerClock(clock),
      budget: new RetryBudget(),
      retry,
      timeoutMs,
      maxResponseBytes,
      rateLimitHint,
      afterRefusal,
      random: Math.random,
    };
    this.redactor = new Redactor([...secrets, ...proxySecrets(proxy)]);
  }

  /** Takes secrets out of what the vendor said, before it enters an error. */
  readonly redactor: Redactor;

  /** The vendor's clock, as far as it is known. */
  get serverClock(): ServerClock {
    return this.#parts.serverClock;
  }

  /** The vendor's base URL. */
  get baseUrl(): URL {
    return this.#parts.baseUrl;
  }

  /**
   * Tells the caller something that fails no call.
   *
   * @param warning - A stable name, for instance `wsdl-version-differs`.
   * @param message - One sentence for a person.
   */
  warn(warning: string, message: string): void {
    const { vendor, telemetry } = this.#parts;
    telemetry.emit('warning', { vendor, warning, message });
  }

  /** What is left of the quota. Asking uses none of it. */
  peek(): QuotaStatus {
    return this.#quota.peek();
  }

  /** Performs a call to its end, however often the vendor answers "in progress". */
  call<Result>(makePlan: () => CallPlan<Result>): CallPromise<Result> {
    return this.#perform(makePlan, async (plan, trip) => {
      let step = await exchange(this.#parts, plan.request, trip);
      while (step.state === 'in-progress') step = await this.#askAgain(plan, trip);
      return step.result;
    });
  }

  /** Performs a call up to the first answer that says where it stands. */
  submit<Result>(makePlan: () => CallPlan<Result>): CallPromise<Step<Result>> {
    return this.#perform(makePlan, (plan, trip) => exchange(this.#parts, plan.request, trip));
  }

  /**
   * Does work that ends with the client: its signal is aborted by the caller's and by `close()`, which
   * waits for it.
   */
  async whileOpen<Result>(
    caller: AbortSignal | undefined,
    task: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    return this.#work.run(caller, task);
  }

  /** Ends all calls with `CLOSED`, waits for them, and gives back what the client holds. */
  async close(): Promise<void> {
    await this.#work.close();
    this.#parts.transport.close();
    this.#quota.release();
  }

  async #askAgain<Result>(plan: CallPlan<Result>, trip: Trip): Promise<Step<Result>> {
    const { poll } = plan;
    const { deadline, requestId } = trip;
    if (poll === undefined || deadline.remainingMs() <= poll.intervalMs) {
      throw stillInProgress(this.#parts.clock.now() + (poll?.intervalMs ?? 0));
    }
    await deadline.sleep(poll.intervalMs);
    return exchange(this.#parts, poll.request(requestId), trip);
  }

  #perform<Result, Output>(
    makePlan: () => CallPlan<Result>,
    work: (plan: CallPlan<Result>, trip: Trip) => Promise<Output>,
  ): CallPromise<Output> {
    const call = async () => {
      const plan = this.#prepare(makePlan);
      return this.whileOpen(plan.options.signal, (signal) => this.#run(plan, work, signal));
    };
    return callPromise(call());
  }

  /** Gives a call its end and its name, and reports how it went. */
  async #run<Result, Output>(
    plan: CallPlan<Result>,
    work: (plan: CallPlan<Result>, trip: Trip) => Promise<Output>,
    signal: AbortSignal,
  ): Promise<WithResponse<Output>> {
    const deadlineMs = plan.options.deadline ?? this.#deadlineMs;
    const trip = startTrip(this.#parts, plan.request, plan.options, { deadlineMs, signal });
    try {
      const data = await work(plan, trip);
      return { data, response: endTrip(this.#parts, trip) };
    } catch (thrown) {
      const error = asVendorError(thrown, 'INVALID_RESPONSE');
      endTrip(this.#parts, trip, error);
      throw error;
    }
  }

  /** What is wrong with a call is found here, before anything is waited for or sent. */
  #prepare<Result>(makePlan: () => CallPlan<Result>): CallPlan<Result> {
    const { vendor } = this.#parts;
    try {
      if (this.#work.isClosed) throw closedError();
      return makePlan();
    } catch (thrown) {
      const error = asVendorError(thrown, 'INVALID_REQUEST');
      throw addContext(error, { vendor, attempts: 0, outcome: 'not-sent' });
    }
  }
}

/** The password of a proxy's URL, as written and as meant. */
function proxySecrets(proxy: string | undefined): string[] {
  const { username = '', password = '' } = proxy === undefined ? {} : new URL(proxy);
  if (password === '') return [];
  const meant = decodeURIComponent(password);
  return [password, meant, `${decodeURIComponent(username)}:${meant}`];
}

function stillInProgress(retryAtMs: number): VendorError {
  return new VendorError(
    'The vendor is still working, and the deadline leaves no time to ask again.',
    {
      code: 'DEADLINE_EXCEEDED',
      retryable: true,
      retryAt: new Date(retryAtMs),
      outcome: 'answered',
      hint: 'Give the call a longer deadline, or use start() and resume(), which outlive it.',
    },
  );
}
