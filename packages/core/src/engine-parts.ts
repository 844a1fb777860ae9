import type { QuotaLimiter } from './limiter/limiter.ts';
import type { UsageCounter } from './limiter/usage.ts';
import type { RetryBudget } from './retry/budget.ts';
import type { RetryOptions } from './retry/policy.ts';
import type { AfterRefusal } from './retry/refusal-pause.ts';
import type { Telemetry } from './telemetry/channels.ts';
import type { Clock } from './time/clock.ts';
import type { ServerClock } from './time/server-clock.ts';
import type { Transport } from './transport/transport.ts';

/** What an engine consists of. */
export interface EngineParts {
  readonly vendor: string;
  readonly baseUrl: URL;
  readonly clock: Clock;
  readonly transport: Transport;
  readonly limiter: QuotaLimiter;
  readonly usage: UsageCounter;
  readonly telemetry: Telemetry;
  readonly serverClock: ServerClock;
  readonly budget: RetryBudget;
  readonly retry: RetryOptions;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly rateLimitHint: string | undefined;
  readonly afterRefusal: AfterRefusal | undefined;
  readonly random: () => number;
}
