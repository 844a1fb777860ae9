import { Module, type MiddlewareConsumer } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { recordRequests, type SeenRequest } from './request-log.ts';
import { controllers, ErrorFilter } from './routes.ts';
import { loadThrottler, type ThrottlerLimit, type ThrottlerVersion } from './throttlers.ts';

/** Which throttler stands before the routes. */
export interface ThrottledApplicationOptions extends ThrottlerLimit {
  readonly version: ThrottlerVersion;
  /** Further throttlers, which count the same requests on their own; not with version 3. */
  readonly others?: readonly ThrottlerLimit[] | undefined;
}

/** A running application. */
export interface ThrottledApplication {
  /** Where it listens, on the loopback address. Its routes are below `/api`. */
  readonly url: string;
  /** All requests that were answered so far, in order of arrival. */
  readonly requests: readonly SeenRequest[];
  /** Stops it, with its connections and timers. */
  close(): Promise<void>;
}

/**
 * Starts a NestJS application with some of S1SEVEN's routes behind a real `@nestjs/throttler`, with its
 * own guard and its own storage, which count by client address and route.
 */
export async function startThrottledApplication({
  version,
  others = [],
  ...limit
}: ThrottledApplicationOptions): Promise<ThrottledApplication> {
  const { guard, module } = await loadThrottler(version, [limit, ...others]);
  const requests: SeenRequest[] = [];
  class ApplicationModule {
    configure(consumer: MiddlewareConsumer): void {
      consumer.apply(recordRequests(requests)).forRoutes('*');
    }
  }
  const providers = [{ provide: APP_GUARD, useClass: guard }];
  Module({ imports: [module], controllers, providers })(ApplicationModule);
  const application = await NestFactory.create(ApplicationModule, {
    logger: false,
    forceCloseConnections: true,
  });
  application.setGlobalPrefix('api');
  application.useGlobalFilters(new ErrorFilter());
  await application.listen(0, '127.0.0.1');
  return {
    url: await application.getUrl(),
    get requests() {
      return requests.toSorted((one, other) => one.arrivedAt - other.arrivedAt);
    },
    close: async () => application.close(),
  };
}
