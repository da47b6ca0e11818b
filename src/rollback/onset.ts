import type { Instant, Request } from './request.ts';
import { after } from './time.ts';

/**
 * The first moment at which the harm is visible. It lies within a datapoint: not before `at`, and before `until`.
 * `estimated`: it comes from the evaluation range of the alarm, and not from a datapoint.
 * `unseenBefore`: the alarm was created or changed then, and so could not show that the harm began earlier. Its metric does not
 * say it either. Then nothing may be concluded from when the harm began.
 */
export interface Onset {
  readonly at: Instant;
  readonly until: Instant;
  readonly estimated?: true | undefined;
  readonly unseenBefore?: Instant | undefined;
}

/** Alarms of two or three periods of a minute are usual; a metric's minute appears within two minutes of its end. */
const USUAL_RANGE_SECONDS = 300;

/**
 * Returns the onset of the harm, as far as the trigger names it. Null: an operator asked, or AWS or a lookout names the deployment.
 */
export function onsetOf({ trigger }: Request): Onset | null {
  if (trigger?.type !== 'alarm' && trigger?.type !== 'request') return null;
  if (trigger.type === 'request' && trigger.automatic !== true) return null;
  return trigger.onset ?? estimatedOnset(trigger.at);
}

/**
 * Returns the onset of the harm. It is the one that an earlier look of the judge found in the alarm's metric, else the
 * one of the trigger.
 */
export function onsetFor({ request, verdict }: Judged): Onset | null {
  return verdict?.since ?? onsetOf(request);
}

interface Judged {
  readonly request: Request;
  readonly verdict?: { readonly since?: Onset };
}

/** Estimates an onset from when the alarm turned and from its evaluation range. */
export function estimatedOnset(turnedAt: Instant, rangeSeconds: number = USUAL_RANGE_SECONDS): Onset {
  return { at: after(turnedAt, -rangeSeconds), until: after(turnedAt, 0), estimated: true };
}

/** CloudWatch evaluates a period some time after its end. */
const LAG_SECONDS = 60;

/** Returns the range in which the onset of an alarm lies that shows no datapoints: its settings allow no earlier one. */
export function onsetBefore(turnedAt: Instant, periodSeconds = 60, evaluationPeriods = 1): Onset {
  return estimatedOnset(turnedAt, periodSeconds * evaluationPeriods + LAG_SECONDS);
}
