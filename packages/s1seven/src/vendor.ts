import {
  Engine,
  OpenWork,
  refusedInput,
  type CallPromise,
  type CallRequest,
  type ClientSettings,
  type QuotaStatus,
} from '@vendorkit/core';
import type { RequestContext } from './authorisation.ts';
import { readS1SevenCallOptions } from './call-options.ts';
import { accountOf, kindOf, secretsOf } from './credentials.ts';
import { Engines } from './engines.ts';
import type { EventsHost } from './events/events-host.ts';
import type { OperationCaller, OperationInput, S1SevenCallOptions } from './operation-caller.ts';
import { operationRequest } from './operation-request.ts';
import type { OperationName } from './operations.ts';
import type { S1SevenSettings } from './options.ts';
import { resourceOf } from './paths.ts';
import { likelyServiceOf, rawRequest, type RawRequest } from './raw-request.ts';
import { replaceSecretOnRotation } from './rotated-secret.ts';
import { serviceOf } from './service.ts';
import { requestToken, tokenTimeoutMs } from './token-request.ts';
import { createAccessTokens, type AccessTokens, type Credentials } from './token.ts';
import { vendorProfile } from './vendor-profile.ts';

/** The vendor, as one client reaches it: its services, and the token and the quota for them. */
export class Vendor implements OperationCaller {
  readonly #settings: ClientSettings;
  readonly #s1seven: S1SevenSettings;
  readonly #engines: Engines;
  /** Ends after the others: a request for a token that is under way has cost the day's only one. */
  readonly #tokenEngine: Engine;
  readonly #tokens: AccessTokens | undefined;
  readonly #ownClientId: string | undefined;
  readonly #context: RequestContext;
  readonly #streams = new OpenWork();

  /** @throws VendorError `CONFIGURATION` or `CERTIFICATE` if the options do not fit together. */
  constructor(
    settings: ClientSettings,
    s1seven: S1SevenSettings,
    credentials: Credentials | undefined,
  ) {
    const { baseUrlOf, quotaHost } = s1seven.addresses;
    const account = accountOf(credentials);
    const profile = vendorProfile({ account, quotaHost, secrets: secretsOf(credentials) });
    this.#settings = settings;
    this.#s1seven = s1seven;
    this.#engines = new Engines(profile, settings, baseUrlOf);
    const baseUrl = baseUrlOf('user');
    const timeoutMs = tokenTimeoutMs(settings.timeoutMs);
    this.#tokenEngine = new Engine({ ...profile, baseUrl }, { ...settings, baseUrl, timeoutMs });
    this.#ownClientId = credentials && 'clientId' in credentials ? credentials.clientId : undefined;
    const context: RequestContext = {
      redactor: this.#tokenEngine.redactor,
      tokens: undefined,
      credentials: kindOf(credentials),
      account,
      paths: s1seven.paths,
      mode: s1seven.mode,
      companyId: s1seven.companyId,
      apiVersion: s1seven.apiVersion,
    };
    this.#tokens = credentials && this.#createTokens(credentials, context);
    this.#context = { ...context, tokens: this.#tokens };
  }

  /** Performs an operation and resolves to what it answers with. */
  call<Result>(
    operation: OperationName,
    input: OperationInput | (() => OperationInput),
    options?: S1SevenCallOptions,
  ): CallPromise<Result> {
    const engine = this.#engines.of(serviceOf(resourceOf(operation)) ?? 'user');
    return engine.call<Result>(() => {
      const settings = readS1SevenCallOptions(options);
      const given = typeof input === 'function' ? input() : input;
      const request = operationRequest<Result>(this.#context, operation, given, settings);
      const isRotation = operation === 'applications.rotateSecret';
      return {
        request: isRotation ? this.#replacingSecret(request) : request,
        options: settings.call,
      };
    });
  }

  /** Sends a request to an endpoint for which there is no method. */
  request<Result>(input: RawRequest, options?: S1SevenCallOptions): CallPromise<Result> {
    const service = likelyServiceOf(input);
    return this.#engines.of(service ?? 'user').call<Result>(() => {
      const settings = readS1SevenCallOptions(options);
      const request = rawRequest<Result>(this.#context, input, settings);
      if (service === undefined && this.#engines.isSplit) {
        const problem = 'The path does not tell the service: say which';
        throw refusedInput('INVALID_REQUEST', 'request.service', problem);
      }
      return { request, options: settings.call };
    });
  }

  /**
   * What a stream of events needs.
   *
   * @throws VendorError `CONFIGURATION` naming `brokerUrl` or `accessToken`, if it was not given.
   */
  eventsHost(): EventsHost {
    const { clock, ca, deadlineMs } = this.#settings;
    const { addresses, vhost, companyId, mode } = this.#s1seven;
    const { brokerUrl } = addresses;
    if (brokerUrl === undefined) {
      const problem = 'Events need a broker: give its address, or an `environment`';
      throw refusedInput('CONFIGURATION', 'brokerUrl', problem);
    }
    if (this.#tokens === undefined) {
      const problem =
        'Events need a token: give `clientId` and `clientSecret`, or an `accessToken`';
      throw refusedInput('CONFIGURATION', 'accessToken', problem);
    }
    return {
      brokerUrl,
      vhost,
      companyId,
      mode,
      tokens: this.#tokens,
      clock,
      deadlineMs,
      ca,
      redactor: this.#context.redactor,
      warn: (warning, message) => this.#tokenEngine.warn(warning, message),
      whileOpen: (caller, task) => this.#streams.run(caller, task),
    };
  }

  /** What is left of the quota. Asking uses none of it. */
  peek(): QuotaStatus {
    return this.#tokenEngine.peek();
  }

  /**
   * Ends the streams first, whose handlers may still make calls; then the calls, with `CLOSED`; then,
   * once it was answered and its token kept, a request for a token.
   */
  async close(): Promise<void> {
    await this.#streams.close();
    await this.#engines.close();
    await this.#tokens?.close();
    await this.#tokenEngine.close();
  }

  #createTokens(credentials: Credentials, context: RequestContext): AccessTokens {
    const { addresses, tokenStore } = this.#s1seven;
    const engine = this.#tokenEngine;
    return createAccessTokens(credentials, {
      clock: this.#settings.clock,
      key: `${addresses.quotaHost ?? engine.baseUrl.host}/${this.#ownClientId ?? 'given'}`,
      store: tokenStore,
      request: (body, deadline) => requestToken(engine, context, body, deadline),
      warn: (warning, message) => engine.warn(warning, message),
      addSecret: (token) => context.redactor.add(token),
    });
  }

  #replacingSecret<Result>(request: CallRequest<Result>): CallRequest<Result> {
    if (this.#ownClientId === undefined) return request;
    return replaceSecretOnRotation(request, this.#ownClientId, async (clientSecret) => {
      try {
        await this.#tokens?.forget(clientSecret);
      } catch {
        const message =
          'The token that a new secret has ended could not be removed from its store.';
        this.#tokenEngine.warn('token-not-forgotten', message);
      }
    });
  }
}
