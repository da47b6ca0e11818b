import type { Random } from '../../world/random.ts';

/**
 * Returns the milliseconds from an event to its target. Published for the whole path: 80 at the 90th percentile (the
 * Amazon Key suite, by a summary of an AWS article) and 129 at the 99th (AWS, August 2024). A lognormal distribution
 * with a median of 37 fits both; the median is assumed.
 */
export function deliveryLatency(random: Random): number {
  return lognormal(random, 37, 0.537);
}

/** Returns a sample of a lognormal distribution, rounded to whole milliseconds. */
export function lognormal(random: Random, median: number, sigma: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return Math.round(median * Math.exp(sigma * radius * Math.cos(2 * Math.PI * random.next())));
}
