/** A text as it is, a number in digits; empty for everything else. */
export function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : '';
}

const LATEST = 8.64e15;

/** Milliseconds since the epoch, as a number or in digits, as ISO 8601; empty when they are not. */
export function timeOf(milliseconds: unknown): string {
  const text = textOf(milliseconds);
  return /^\d{1,16}$/.test(text) && Number(text) <= LATEST ? new Date(Number(text)).toISOString() : '';
}
