import { refusedInput } from '../errors/validate.ts';
import {
  faultModes,
  type Fault,
  type FaultMode,
  type FaultOptions,
  type Faults,
} from './faults.ts';
import type { EmulatorAnswer, EmulatorRequest } from './messages.ts';

interface Planned {
  readonly event: Fault | EmulatorAnswer;
  readonly when: (request: EmulatorRequest) => boolean;
  left: number;
}

/** The faults that a server has still to commit, in the order in which they were ordered. */
export class FaultQueue implements Faults {
  #planned: Planned[] = [];

  get pending(): number {
    return this.#planned.reduce((sum, { left }) => sum + left, 0);
  }

  next(mode: FaultMode, options: FaultOptions = {}): void {
    if (!faultModes.includes(mode)) {
      throw refusedInput('INVALID_REQUEST', 'mode', `Expected one of ${faultModes.join(', ')}`);
    }
    this.#plan({ mode, delayMs: options.delayMs }, options);
  }

  answer(answer: EmulatorAnswer, options: Omit<FaultOptions, 'delayMs'> = {}): void {
    this.#plan(answer, options);
  }

  clear(): void {
    this.#planned = [];
  }

  /** The fault or the answer that a request meets, if any was ordered. It is used up. */
  take(request: EmulatorRequest): Fault | EmulatorAnswer | undefined {
    const planned = this.#planned.find(({ when }) => when(request));
    if (planned === undefined) return undefined;
    planned.left -= 1;
    if (planned.left <= 0) this.#planned = this.#planned.filter((other) => other !== planned);
    return 'mode' in planned.event && planned.event.mode === 'f' ? undefined : planned.event;
  }

  #plan(event: Fault | EmulatorAnswer, { times = 1, when = () => true }: FaultOptions): void {
    if (times > 0) this.#planned.push({ event, when, left: times });
  }
}
