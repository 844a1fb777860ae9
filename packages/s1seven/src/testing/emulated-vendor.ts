import type { Clock } from '@vendorkit/core';
import type { EmulatorAnswer, EmulatorRequest } from '@vendorkit/core/testing';
import type { EmulatorSettings } from './emulator-options.ts';
import { routesWith } from './routes.ts';
import { admit, bearerOf } from './vendor/admission.ts';
import { Announcer } from './vendor/announcer.ts';
import { problemAnswer } from './vendor/answers.ts';
import { Call } from './vendor/call.ts';
import { checkQuery, readBody, readQuery } from './vendor/input.ts';
import { Notary, type Notarization } from './vendor/notary.ts';
import { VendorProblem } from './vendor/problem.ts';
import type { Route } from './vendor/route.ts';
import { Router, type Destination } from './vendor/router.ts';
import { Throttler } from './vendor/throttler.ts';
import { TokenDesk } from './vendor/token-desk.ts';
import { WebhookSender } from './vendor/webhook-sender.ts';
import { Records, type World } from './vendor/world.ts';

/** The vendor's side of the wire, without the wire. */
export class EmulatedVendor {
  readonly world: World;
  readonly sender: WebhookSender;
  readonly throttler: Throttler | undefined;
  readonly #settings: EmulatorSettings;
  readonly #router: Router;

  /** @param publish - Gives a message to the broker. */
  constructor(
    settings: EmulatorSettings,
    clock: Clock,
    publish: (topic: string, payload: string) => void,
  ) {
    this.#settings = settings;
    this.#router = new Router(routesWith(settings.walletPath));
    this.throttler = throttlerOf(settings, clock);
    this.sender = new WebhookSender(clock);
    const records = new Records(clock);
    const announcer = new Announcer(records, publish, this.sender);
    this.world = {
      clock,
      records,
      announcer,
      tokens: new TokenDesk({
        clock,
        lifetimeMs: settings.tokenLifetimeMs,
        isOpaque: settings.opaqueTokens,
        isRationed: settings.dailyTokens,
      }),
      notary: new Notary(clock, settings.notarizationMs, (notarization) =>
        announcer.announce(notarizedEvent(notarization)),
      ),
      hasMfa: settings.mfa,
    };
  }

  /** Answers a request: refused on the way, or performed. */
  async handle(request: EmulatorRequest): Promise<EmulatorAnswer> {
    const { latencyMs } = this.#settings;
    const delayMs = typeof latencyMs === 'function' ? latencyMs(request) : latencyMs;
    const answer = await this.#answer(request);
    return delayMs > 0 ? { ...answer, delayMs } : answer;
  }

  /** Ends what goes on without a request: notarizations and webhooks. */
  async close(): Promise<void> {
    this.world.notary.close();
    await this.sender.close();
  }

  async #answer(request: EmulatorRequest): Promise<EmulatorAnswer> {
    const headers: Record<string, string> = {};
    try {
      const destination = this.#router.find(request.method, request.path);
      checkVersion(request);
      Object.assign(headers, this.#throttle(request, destination.route));
      const answer = await this.#perform(request, destination);
      return { ...answer, headers: { ...headers, ...answer.headers } };
    } catch (error) {
      const answer = problemAnswer(request, asProblem(error));
      return { ...answer, headers: { ...headers, ...answer.headers } };
    }
  }

  /** Headers of an accepted call. @throws VendorProblem 429 */
  #throttle(request: EmulatorRequest, { method, template }: Route) {
    const key = `${credentialOf(request, this.world)} ${method} ${template}`;
    const verdict = this.throttler?.admit(key) ?? { accepted: true, headers: {} };
    if (verdict.accepted) return verdict.headers;
    const { headers } = verdict;
    throw new VendorProblem(429, 'ThrottlerException: Too Many Requests', { headers });
  }

  async #perform(
    request: EmulatorRequest,
    { route, variables }: Destination,
  ): Promise<EmulatorAnswer> {
    const { access } = route;
    const { world } = this;
    const admitted = admit(request, access, world);
    checkQuery(request);
    const query = access.query === undefined ? undefined : readQuery(request, access.query);
    const body = access.body === undefined ? undefined : readBody(request, access.body);
    return route.handle(new Call({ ...admitted, world, request, variables, query, body }));
  }
}

function throttlerOf({ quota, throttler }: EmulatorSettings, clock: Clock): Throttler | undefined {
  if (quota === false) return undefined;
  const { limit = 10, windowMs = 60_000 } = quota;
  return new Throttler(throttler, { limit, windowMs, clock });
}

/** There is one version, which is also the default (S1SEVEN API information, "API version"). */
function checkVersion(request: EmulatorRequest): void {
  const { 'x-version': version = '1' } = request.headers;
  if (version === '1') return;
  throw new VendorProblem(404, `Cannot ${request.method} ${request.path}`);
}

/**
 * Whom calls are counted for: the application or the user, whichever token is used; the application
 * that asks for a token, by its client id; together, those who give no credentials.
 */
function credentialOf(request: EmulatorRequest, { tokens }: World): string {
  const token = bearerOf(request);
  if (token !== undefined) return tokens.holderOf(token)?.id ?? 'wrong token';
  return /"clientId"\s*:\s*"([^"]*)"/.exec(request.text)?.[1] ?? 'nobody';
}

/** The payload's form is not public: that it carries the certificate is inferred. */
function notarizedEvent({ company, mode, identity, ...notarization }: Notarization) {
  const { certificate, hash, jobId, transactionId, timestamp } = notarization;
  const payload = { certificate, hash, jobId, transactionId, timestamp, identity: identity.id };
  return { company, mode, resource: 'certificates', action: 'notarize_one', payload };
}

function asProblem(error: unknown): VendorProblem {
  if (error instanceof VendorProblem) return error;
  return new VendorProblem(500, error instanceof Error ? error.message : String(error));
}
