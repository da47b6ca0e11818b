let last = Number.NaN;
let text = '';

/** Writes an instant, epoch milliseconds, in ISO 8601. Most texts are of the same instant as the one before. */
export function isoOf(instant: number): string {
  if (instant !== last) {
    text = new Date(instant).toISOString();
    last = instant;
  }
  return text;
}
