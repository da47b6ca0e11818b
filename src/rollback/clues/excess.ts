/** What one side answered in a minute. */
interface Answered {
  readonly requests: number;
  readonly errors: number;
}

/**
 * Returns the errors of the newer side beyond its part of the requests, in standard deviations, minute by minute
 * (Cochran, Mantel and Haenszel). So a fault of both sides while traffic shifts does not accuse the newer one.
 */
export function excessOf(minutes: readonly { readonly newer: Answered; readonly older: Answered }[]): number {
  let [excess, variance] = [0, 0];
  for (const { newer, older } of minutes) {
    const all = newer.requests + older.requests;
    const failed = Math.min(all, newer.errors + older.errors);
    if (all < 2) continue;
    excess += Math.min(newer.errors, newer.requests) - (failed * newer.requests) / all;
    variance += (newer.requests * older.requests * failed * (all - failed)) / (all * all * (all - 1));
  }
  return variance === 0 ? 0 : excess / Math.sqrt(variance);
}
