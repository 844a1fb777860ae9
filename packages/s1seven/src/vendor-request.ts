import { refusedInput, type CallRequest, type Repeatable } from '@vendorkit/core';
import { readAnswer, type ExpectedAnswer } from './answer.ts';
import { authorisationOf, type Needs, type RequestContext } from './authorisation.ts';
import type { CallSettings } from './call-options.ts';
import { hintOf, type FailedRequest } from './hints.ts';
import type { WrittenBody } from './request-body.ts';

/** A value of a query. */
export type QueryValue = string | number | bigint | boolean | undefined;

/** One request, whichever way it was asked for. */
export interface RequestPlan {
  /** What it is called in errors, logs and spans. */
  readonly operation: string;
  readonly method: string;
  /** The path, its variables filled in. */
  readonly path: string;
  /** What the vendor counts it as: the method and the path with its variables. */
  readonly route: string;
  readonly query: Readonly<Record<string, QueryValue>>;
  readonly body: WrittenBody | undefined;
  /** Secrets that it carries beside the client's own. */
  readonly secrets: readonly string[];
  readonly needs: Needs;
  readonly repeatable: Repeatable;
  readonly expected: ExpectedAnswer;
  /** What is known of its endpoint. */
  readonly endpoint: Pick<FailedRequest, 'definition' | 'evidence'>;
}

/**
 * The request as the engine sends it.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field, or `CONFIGURATION` naming `accessToken`.
 */
export function vendorRequest<Result>(
  context: RequestContext,
  plan: RequestPlan,
  settings: CallSettings,
): CallRequest<Result> {
  const { operation, method, path, needs, repeatable, expected } = plan;
  const { redactor, credentials } = context;
  const authorisation = authorisationOf(context, needs, settings);
  const { mode, refusal } = authorisation;
  const query = queryTexts(plan.query);
  const hint = (status: number) => hintOf(status, { ...plan.endpoint, mode: mode(), credentials });
  return {
    operation,
    method,
    path,
    // The token, which may have to tell the mode, is there only when the request is about to leave.
    query: () => ({ ...query, ...(needs.mode !== undefined && modeOf(mode())) }),
    headers: headersOf(plan, settings.apiVersion ?? context.apiVersion),
    body: plan.body?.body,
    scopes: scopesOf(context, plan),
    repeatable,
    authorise: authorisation.authorise,
    recover: authorisation.recover,
    read: (answer, { deadline }) =>
      readAnswer(answer, deadline, expected, {
        redactor,
        requestSecrets: plan.secrets,
        hint,
        refusal,
      }),
  };
}

function modeOf(mode: string | undefined): Record<string, string> {
  return mode === undefined ? {} : { mode };
}

/** What a request says of itself, credentials and company excepted. */
function headersOf({ body, expected }: RequestPlan, apiVersion: string): Record<string, string> {
  return {
    accept: expected.answer === 'bytes' ? '*/*' : 'application/json',
    'accept-encoding': 'gzip,deflate',
    'x-version': apiVersion,
    ...(body !== undefined && { 'content-type': body.contentType }),
  };
}

/**
 * A call holds its place in the quota while it waits for a token. If the request for the token counted
 * for the same credential, it could wait for that very place.
 */
function scopesOf(
  { account }: RequestContext,
  { needs, route }: RequestPlan,
): Record<string, string> {
  return needs.withoutToken === true ? { route } : { credential: account, route };
}

function queryTexts(query: Readonly<Record<string, QueryValue>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw refusedInput('INVALID_REQUEST', `query.${name}`, 'Expected a finite number');
    }
    texts[name] = String(value);
  }
  return texts;
}
