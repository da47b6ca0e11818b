import { lognormal } from '../events/latency.ts';
import type { Random } from '../../world/random.ts';

/**
 * Returns the milliseconds of a transition in a Standard workflow. From the end of one Lambda function to the start of
 * the next, both warm: median 168, 90th percentile 229, 99th 320. (Source: 1,998 hops of the 2024 runs of SeBS-Flow,
 * EuroSys 2025, https://github.com/spcl/sebs-flow-artifact.) Every state uses a lognormal distribution through the
 * first two. No figure is published for states without a call; for them it is rather too long.
 */
export function transitionTime(random: Random): number {
  return lognormal(random, 168, 0.242);
}
