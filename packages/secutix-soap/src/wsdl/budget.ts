import { WsdlProblem } from './wsdl-error.ts';

/** The largest public descriptions tried have 7,000 fields; groups of groups of groups make billions. */
const mostParticles = 500_000;

/**
 * How much of a description is looked at before it is refused: a short document can be made to become
 * an endless model, by groups that name one another or by types that extend one another.
 */
export class Budget {
  #left = mostParticles;

  /** Counts one element, attribute or group. */
  spend(): void {
    this.#left -= 1;
    if (this.#left < 0) {
      throw new WsdlProblem(`Its types have more than ${mostParticles} elements and attributes`);
    }
  }
}
