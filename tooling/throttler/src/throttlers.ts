import type { DynamicModule, Type } from '@nestjs/common';

/** The major versions of `@nestjs/throttler` that are installed here. */
export type ThrottlerVersion = 3 | 5 | 6;

/** What a throttler allows a client address and route. */
export interface ThrottlerLimit {
  /** How many requests in a window. */
  readonly limit: number;
  /** The window, in milliseconds; whole seconds, because version 3 knows nothing finer. */
  readonly ttlMs: number;
  /**
   * The throttler's name, which versions 5 and 6 append to the names of its headers.
   * @defaultValue `default`, which is not appended
   */
  readonly name?: string | undefined;
}

/** The limits of one application. Version 3 knows one only, the first. */
export type ThrottlerLimits = readonly [ThrottlerLimit, ...ThrottlerLimit[]];

/** A version's own guard, and its module with the limits. */
export interface Throttler {
  readonly guard: Type;
  readonly module: DynamicModule;
}

/** The three versions have no type in common. */
const loaders: Record<ThrottlerVersion, (limits: ThrottlerLimits) => Promise<Throttler>> = {
  3: async ([{ limit, ttlMs }]) => {
    const { ThrottlerGuard, ThrottlerModule } = await import('throttler-3');
    return { guard: ThrottlerGuard, module: ThrottlerModule.forRoot({ limit, ttl: ttlMs / 1000 }) };
  },
  5: async (limits) => {
    const { ThrottlerGuard, ThrottlerModule } = await import('throttler-5');
    return { guard: ThrottlerGuard, module: ThrottlerModule.forRoot(limits.map(inMilliseconds)) };
  },
  6: async (limits) => {
    const { ThrottlerGuard, ThrottlerModule } = await import('throttler-6');
    return { guard: ThrottlerGuard, module: ThrottlerModule.forRoot(limits.map(inMilliseconds)) };
  },
};

/** Loads the version that is asked for, and only that one. */
export async function loadThrottler(
  version: ThrottlerVersion,
  limits: ThrottlerLimits,
): Promise<Throttler> {
  return loaders[version](limits);
}

function inMilliseconds({ name = 'default', limit, ttlMs }: ThrottlerLimit) {
  return { name, limit, ttl: ttlMs };
}
