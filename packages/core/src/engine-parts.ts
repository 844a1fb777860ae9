import type { QuotaLimiter } from './limiter/limiter.ts';
import type { UsageCounter } from './limiter/usage.ts';
import type { CallOptions } from './options.ts';
import type { RetryBudget } from './retry/budget.ts';
import type { RetryOptions } from './retry/policy.ts';
import type { Telemetry } from './telemetry/channels.ts';
import type { Clock } from './time/clock.ts';
import type { Deadline } from './time/deadline.ts';
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
  readonly random: () => number;
}

/** One call on its way: what it may use, and what it has used so far. */
export interface Trip {
  readonly callId: number;
  readonly operation: string;
  readonly deadline: Deadline;
  readonly options: CallOptions;
  readonly startedAt: number;
  attempts: number;
  queueMs: number;
  networkMs: number;
  requestId: bigint | string | undefined;
  status: number;
  headers: Readonly<Record<string, string>>;
}
