/** Returns a text unchanged, a number in digits, and an empty text for anything else. */
export function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : '';
}

const LATEST = 8.64e15;

/**
 * Converts milliseconds since the epoch, as a number or in digits, to ISO 8601. Returns an empty text for anything
 * else.
 */
export function timeOf(milliseconds: unknown): string {
  const text = textOf(milliseconds);
  return /^\d{1,16}$/.test(text) && Number(text) <= LATEST ? new Date(Number(text)).toISOString() : '';
}
