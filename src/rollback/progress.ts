/**
 * The progress of the tasks or instances of a deployment in flight. A mechanism counts them, and the judge decides by
 * them.
 */
export interface Progress {
  readonly of: 'tasks' | 'instances';
  /** How many the deployment is to run. */
  readonly wanted: number;
  /** How many came up: they have run longer than any failed one did. */
  readonly up: number;
  /** How many failed before they came up. */
  readonly failed: number;
  /** The number of failures that stalls the deployment. */
  readonly enough: number;
  /** One that started after another had failed has failed too. So the first failure was not only bad luck. */
  readonly retried: boolean;
  /** Seconds from the first of the failures to the last. */
  readonly failingSeconds: number;
  /** AWS could not place any. None has started, so none shows a fault of the revision. */
  readonly unplaced?: true;
  /** How many still run the revision before. */
  readonly others: number;
  /** AWS's message about the last failure; empty: there was none. */
  readonly because: string;
}

/**
 * The prospect of a deployment.
 * - progressing: some have come up, so the others may.
 * - too-early: too few have failed, or all at the first try, or all within the time of a blip.
 * - unplaced: AWS has not started any. The cause may be a lack of capacity as often as the revision.
 * - stalled: it has failed again and again, and none has come up.
 */
export type Prospect = 'progressing' | 'too-early' | 'unplaced' | 'stalled';

/** The circuit breaker of ECS needs at least as many. */
const MIN_FAILURES = 3;

/**
 * The circuit breaker of ECS needs up to 200. ECS lists a hundred stopped tasks at once, and half of them say as much.
 */
const MAX_FAILURES = 50;

/** Dependencies are often unavailable for 20 to 60 seconds. Good tasks that need them at the start then exit, too. */
const MIN_FAILING_SECONDS = 75;

/**
 * Returns the number of failures that stalls a deployment: half of its tasks or instances, within bounds.
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
