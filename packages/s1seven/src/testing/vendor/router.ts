import { VendorProblem } from './problem.ts';
import type { Route } from './route.ts';

/** Where a request leads. */
export interface Destination {
  readonly route: Route;
  /** The values of the path's variables, decoded. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Finds routes by method and path. */
export class Router {
  readonly #routes: readonly Route[];

  constructor(routes: readonly Route[]) {
    // `/users/me` goes before `/users/{id}`.
    this.#routes = routes.toSorted((one, other) => variablesIn(one) - variablesIn(other));
  }

  /**
   * @param path - With `/api`, as on the request line.
   * @throws VendorProblem 404 if there is nothing; a wrong method is 404 as well, as in NestJS (assumed).
   */
  find(method: string, path: string): Destination {
    for (const route of this.#routes) {
      const variables = route.method === method ? match(route.template, path) : undefined;
      if (variables !== undefined) return { route, variables };
    }
    throw new VendorProblem(404, `Cannot ${method} ${path}`);
  }
}

function variablesIn({ template }: Route): number {
  return template.split('{').length - 1;
}

function match(template: string, path: string): Record<string, string> | undefined {
  const wanted = `/api${template}`.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const variables: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    const [, name] = /^\{(\w+)\}$/.exec(segment) ?? [];
    if (name === undefined && segment !== value) return undefined;
    if (name === undefined) continue;
    if (value === '') return undefined;
    variables[name] = decoded(value);
  }
  return variables;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new VendorProblem(400, `Failed to decode param '${segment}'`);
  }
}
