export { SecutixRest } from './client.ts';
export { SecutixError } from './errors.ts';
export { explainToken, type TokenExpectation, type TokenExplanation } from './explain-token.ts';
export type { MethodCallOptions, SecutixRestOptions, TimestampUnit } from './options.ts';
export type { RawRequest } from './raw-request.ts';
export type { Service } from './service.ts';
