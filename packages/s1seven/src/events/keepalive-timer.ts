import type { IClientOptions } from 'mqtt';

/** The part of the library that knows whether the connection is alive. */
interface Pinger {
  sendPing(): void;
}

/**
 * The timer of the library's keepalive, which ticks twice in each keepalive. While messages are held
 * back, the broker's answers to pings wait behind them: the ticks then ping, so that the broker does
 * not miss us, and do not count towards the timeout.
 */
export function keepaliveTimer(
  isHeld: () => boolean,
  pinger: () => Pinger | undefined,
): NonNullable<IClientOptions['timerVariant']> {
  const timer = {
    set: (tick: () => void, everyMs: number) =>
      setInterval(() => {
        if (isHeld()) pinger()?.sendPing();
        else tick();
      }, everyMs),
    clear: (interval: NodeJS.Timeout) => clearInterval(interval),
  };
  // The library types it with its timers for browsers, whose handles are numbers.
  return timer as unknown as NonNullable<IClientOptions['timerVariant']>;
}
