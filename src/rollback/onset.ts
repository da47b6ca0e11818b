import type { Instant, Request } from './request.ts';
import { after } from './time.ts';

/**
 * The first moment at which the harm is seen. It lies somewhere in a datapoint: not before `at`, and before `until`.
 * `estimated`: no datapoint says so; the alarm's evaluation range does.
 */
export interface Onset {
  readonly at: Instant;
  readonly until: Instant;
  readonly estimated?: true | undefined;
}

/** Alarms of two or three periods of a minute are usual; a metric's minute appears within two minutes of its end. */
const USUAL_RANGE_SECONDS = 300;

/** Returns since when it hurts, as far as the trigger says it. Null: an operator asked, or AWS names the deployment. */
export function onsetOf({ trigger }: Request): Onset | null {
  if (trigger === undefined || trigger.type === 'deployment') return null;
  if (trigger.type === 'request' && trigger.automatic !== true) return null;
  return trigger.onset ?? estimatedOnset(trigger.at);
}

/**
 * Returns since when it hurts: what an earlier look of the judge found in the alarm's metric, else what the trigger says.
 */
export function onsetFor({ request, verdict }: Judged): Onset | null {
  return verdict?.since ?? onsetOf(request);
}

interface Judged {
  readonly request: Request;
  readonly verdict?: { readonly since?: Onset };
}

/** Estimates an onset from when the alarm turned and how far back it looks. */
export function estimatedOnset(turnedAt: Instant, rangeSeconds: number = USUAL_RANGE_SECONDS): Onset {
  return { at: after(turnedAt, -rangeSeconds), until: after(turnedAt, 0), estimated: true };
}
