import type { HttpRequest } from '../../wire/http.ts';
import type { Route } from '../stack/stack.ts';

/** A route that fits a request, and the values of its path parameters, decoded. */
export interface Found {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Returns the route of a request: a route without parameters before one with them. Greedy parameters are not modelled.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function routeFor(
  routes: readonly Route[],
  { method, path }: Pick<HttpRequest, 'method' | 'path'>,
): Found | null {
  const exact = routes.find(({ key }) => key === `${method} ${path}`);
  if (exact !== undefined) return { route: exact, parameters: {} };
  for (const route of routes) {
    const [wanted, pattern = ''] = route.key.split(' ');
    const parameters = wanted === method ? parametersIn(pattern, path) : null;
    if (parameters !== null) return { route, parameters };
  }
  return null;
}

function parametersIn(pattern: string, path: string): Found['parameters'] | null {
  const [wanted, sent] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== sent.length) return null;
  const found: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const given = sent[index] ?? '';
    const [, name] = /^\{(\w+)\}$/.exec(part) ?? [];
    if (name === undefined && part !== given) return null;
    if (name !== undefined && given === '') return null;
    if (name !== undefined) found[name] = decoded(given);
  }
  return found;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
