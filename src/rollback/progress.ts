/** How the tasks or instances of a deployment in flight fare. A mechanism counts them; the judge decides by them. */
export interface Progress {
  readonly of: 'tasks' | 'instances';
  /** How many it is to run. */
  readonly wanted: number;
  /** Those that came up: they run for longer than any that failed did. */
  readonly up: number;
  /** Those that failed before they had come up. */
  readonly failed: number;
  /** How many failures stall it. */
  readonly enough: number;
  /** One that was started after another had failed has failed too: the first try was not just unlucky. */
  readonly retried: boolean;
  /** Seconds from the first of the failures to the last. */
  readonly failingSeconds: number;
  /** AWS could not place any: none has started, so none shows what is wrong with the revision. */
  readonly unplaced?: true;
  /** Those that still run what ran before. */
  readonly others: number;
  /** AWS's own words about the last failure; empty: it gave none. */
  readonly because: string;
}

/**
 * What can be expected of a deployment.
 * - progressing: some have come up, so the others may.
 * - too-early: too few have failed, or all of them at the first try, or all within the time of a blip.
 * - unplaced: AWS has not started any. That is lack of room as often as the revision's fault.
 * - stalled: it has failed again and again, and none has come up.
 */
export type Prospect = 'progressing' | 'too-early' | 'unplaced' | 'stalled';

/** AWS's own circuit breaker of ECS takes no fewer. */
const MIN_FAILURES = 3;

/** AWS's breaker takes up to 200. ECS lists a hundred stopped tasks at once, and half of them say as much. */
const MAX_FAILURES = 50;

/** Dependencies are often away for 20 to 60 seconds. Good tasks that start then exit, too. */
const MIN_FAILING_SECONDS = 75;

/**
 * Returns how many failures stall a deployment: half of what it is to run, within bounds.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export function failuresToStall(wanted: number): number {
  return Math.min(Math.max(Math.ceil(wanted / 2), MIN_FAILURES), MAX_FAILURES);
}

export function prospectOf(progress: Progress): Prospect {
  const { up, failed, enough, retried, failingSeconds, unplaced } = progress;
  if (up > 0) return 'progressing';
  if (failed < enough) return 'too-early';
  if (unplaced === true) return 'unplaced';
  return retried && failingSeconds >= MIN_FAILING_SECONDS ? 'stalled' : 'too-early';
}
