import { createHash } from 'node:crypto';

/** Returns a hash that is equal for equal configurations, whatever the order of their fields. User data may hold secrets. */
export function fingerprintOf(configuration: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(inOrder(configuration)))
    .digest('hex');
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.toSorted(byName).map(([name, field]) => [name, inOrder(field)]));
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
