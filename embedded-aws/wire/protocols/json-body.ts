import { Malformed } from '../codec/malformed.ts';

/**
 * Reads a JSON body. An empty one is an empty object.
 * @throws Malformed when it is not JSON, or not an object
 */
export function parseBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new Malformed('', 'syntax', 'the body is not JSON');
  }
}
