import { Malformed } from '../codec/malformed.ts';

/**
 * Reads a JSON body. An empty one is an empty object.
 * @throws Malformed when it is not JSON
 */
export function parseBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new Malformed('', 'syntax', 'the body is not JSON');
  }
}

/** @throws Malformed when the body is not a JSON object */
export function parseObject(body: Buffer): Readonly<Record<string, unknown>> {
  const parsed = parseBody(body);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new Malformed('', 'syntax', 'the body is not a JSON object');
  return { ...parsed };
}
