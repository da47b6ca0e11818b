/** A path of a REST operation, as its `http` trait has it: `/2015-03-31/functions/{FunctionName}/invocations`. */
export interface Route {
  readonly method: string;
  /** Status of a successful answer. */
  readonly status: number;
  /** Returns labels and their decoded values if the path matches this route, or null. */
  match(method: string, path: string, query: URLSearchParams): ReadonlyMap<string, string> | null;
  /** The number of literal segments and query constants. If two routes match, the more literal one wins. */
  readonly literal: number;
}

/** Reads an `http` trait. https://smithy.io/2.0/spec/http-bindings.html#http-trait */
export function routeOf(method: string, uri: string, status: number): Route {
  const [path = '', constants = ''] = uri.split('?');
  const segments = path.split('/').filter((segment) => segment !== '');
  const wanted = [...new URLSearchParams(constants)];
  return {
    method,
    status,
    literal: segments.filter((segment) => !isLabel(segment)).length + wanted.length,
    match: (sentMethod, sentPath, query) => {
      const fits = sentMethod === method && wanted.every(([name, value]) => isThere(name, value, query));
      return fits ? labelsOf(segments, sentPath.split('/').slice(1)) : null;
    },
  };
}

/**
 * Operations of S3 that need no query of their own. The SDK names each operation in `x-id`, which S3 ignores. Other
 * clients, and presigned URLs, leave it out; then the other operations of the same path are meant only by their own
 * headers and queries, which are not modelled.
 */
const PLAIN = ['GetObject', 'PutObject'];

function isThere(name: string, value: string, query: URLSearchParams): boolean {
  const sent = query.get(name);
  return sent === value || (name === 'x-id' && sent === null && PLAIN.includes(value));
}

function labelsOf(segments: readonly string[], sent: readonly string[]): ReadonlyMap<string, string> | null {
  const parts = sent.at(-1) === '' ? sent.slice(0, -1) : sent;
  const greedy = segments.some((segment) => segment.endsWith('+}'));
  if (greedy ? parts.length < segments.length : parts.length !== segments.length) return null;
  const labels = new Map<string, string>();
  let at = 0;
  for (const segment of segments) {
    const taken = segment.endsWith('+}') ? parts.length - segments.length + 1 : 1;
    const part = parts.slice(at, at + taken).join('/');
    at += taken;
    if (isLabel(segment)) labels.set(segment.replace(/^\{|\+?\}$/g, ''), decoded(part));
    else if (segment !== part) return null;
  }
  return labels;
}

function isLabel(segment: string): boolean {
  return segment.startsWith('{');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
