import type { CallRequest } from '@vendorkit/core';
import type { RequestContext } from './authorisation.ts';
import type { CallSettings } from './call-options.ts';
import type { OperationDefinition } from './operation.ts';
import type { OperationInput } from './operation-caller.ts';
import { operations, type OperationName } from './operations.ts';
import { fillPath } from './paths.ts';
import { writeBody } from './request-body.ts';
import { requestSecrets } from './request-secrets.ts';
import { vendorRequest } from './vendor-request.ts';

/**
 * The request that performs an operation.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field, or `CONFIGURATION` naming `accessToken`.
 */
export function operationRequest<Result>(
  context: RequestContext,
  operation: OperationName,
  input: OperationInput,
  settings: CallSettings,
): CallRequest<Result> {
  const definition: OperationDefinition = operations[operation];
  const { method, answer, shape, repeatable, redirects = false, mayBeEmpty = false } = definition;
  const { template, evidence } = context.paths[operation];
  return vendorRequest(
    context,
    {
      operation,
      method,
      path: fillPath(template, input.path),
      route: `${method} ${template}`,
      query: input.query ?? {},
      body: input.body && writeBody(input.body),
      secrets: requestSecrets(input),
      needs: definition,
      repeatable,
      // A deletion is done, whatever is said of it. In 2021 some answered with a text (OpenAPI 0.3.0),
      // which NestJS sends without quotes (inferred).
      expected: {
        answer,
        shape,
        rendered: input.rendered,
        mayBeEmpty,
        mayBeText: method === 'DELETE',
        redirects,
      },
      endpoint: { definition, evidence },
    },
    settings,
  );
}
