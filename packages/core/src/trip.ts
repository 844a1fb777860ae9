import type { ResponseInfo } from './call-promise.ts';
import type { CallPlan } from './client.ts';
