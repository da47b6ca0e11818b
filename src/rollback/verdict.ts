import type { Onset } from './onset.ts';
import type { Revision } from './plan.ts';
import type { Instant, Request } from './request.ts';
import { secondsBetween } from './time.ts';
import type { Turn } from './turn.ts';

/**
 * Added by Judge. `reasons` are whole sentences in plain words. `against` are those that speak against going back at
 * once. Where the judge acts, the others outweigh them.
 * - act: go back now.
 * - look-again: not sure yet. After `lookAgainInSeconds` the plan is made and judged again.
 * - ask: a person decides. After `countdownSeconds` without an answer, `onSilence` decides. It is `go` only if the
 *   owner tagged the target so, and only the owner's wish to be asked prevents acting. Then the plan is made and judged
 *   again.
 * - observe: Lastgood would have acted, but the target is tagged to be only observed.
 * - skip: Lastgood must not act.
 */
export type Verdict =
  | ({
      readonly verdict: 'act';
      /** When Stop or Revert may write. Absent: at once. */
      readonly turn?: Turn;
    } & Weighed)
  | ({
      readonly verdict: 'look-again';
      readonly lookAgainInSeconds: number;
      /** Looks taken, this one included: never more than MAX_SECOND_LOOKS. */
      readonly looks: number;
    } & Reasoned)
  | ({
      readonly verdict: 'ask';
      readonly countdownSeconds: number;
      readonly onSilence: 'go' | 'stay';
      /** Hash of the plan in the question (src/approvals/plan-hash.ts). Absent: the plan has no way back. */
      readonly plan?: string;
      /** Id of the storm whose one question asks for this target too. Absent: it is asked alone. */
      readonly storm?: string;
      /** It would have acted without the storm. */
      readonly own?: true;
    } & Weighed)
  | ({ readonly verdict: 'observe' | 'skip' } & Reasoned);

/** The most looks after the first one. After them a rollback must act, ask or skip. */
export const MAX_SECOND_LOOKS = 2;

/** Two new datapoints of a one-minute metric, and half a minute of delay in CloudWatch. */
export const LOOK_AGAIN_SECONDS = 150;

/** CloudWatch shows a minute about so long after its end (functions/verify/minute.ts). */
const SHOWN_AFTER_SECONDS = 60;

/** A look earlier than this would see what this one saw. */
const MIN_SOON_SECONDS = 15;

/** Returns the seconds until CloudWatch shows the next minute. */
export function soonAfter(now: Instant): number {
  const since = (Date.parse(now) / 1000 - SHOWN_AFTER_SECONDS) % 60;
  const seconds = Math.ceil(60 - since) + 5;
  return seconds < MIN_SOON_SECONDS ? seconds + 60 : seconds;
}

/**
 * CloudWatch evaluates an alarm once a minute. So an alarm that was set by hand shows its own state again by then.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
 */
const EVALUATED_AFTER_SECONDS = 65;

/** Returns the seconds until an alarm that turned was evaluated once more. Negative: it was. */
export function untilEvaluated(turnedAt: Instant, now: Instant): number {
  return EVALUATED_AFTER_SECONDS - Math.floor(secondsBetween(turnedAt, now));
}

/** A revision to condemn after a skip. An operator has already put the version before it back. */
export interface Culprit {
  readonly revision: Revision;
  /** Whole sentence for the ledger. */
  readonly evidence: string;
}

/** A parameter, secret or flag that was changed. */
export interface Changed {
  readonly subject: string;
  readonly at: Instant;
}

interface Reasoned extends Course {
  readonly at: Instant;
  readonly reasons: readonly string[];
  readonly against?: readonly string[];
  /** Names of the rules that ask, with those that an answer has settled. Absent: none asks. */
  readonly asks?: readonly string[];
  /** The onset of the harm, as the judge found it. The next plan uses it. */
  readonly since?: Onset;
  readonly culprit?: Culprit;
  /** What it reads, and was changed before the harm. Only where there is nothing to go back from. */
  readonly change?: Changed;
  /** The way back of a rehearsal deployed what the plan goes back from. Its owners deployed something else. */
  readonly afterRehearsal?: true;
  /** There is no rehearsal that the way forward could end, or another deployment took its place. */
  readonly isOver?: true;
  /**
   * Alarms of triggers that were red already when the suspect began. Going back does not end that harm, so the proof of
   * health does not wait for them. Absent: none.
   */
  readonly setAside?: readonly string[];
}

interface Weighed extends Reasoned {
  /** From 0 to 1: how certain it is that the deployment caused the harm. Absent: no clues were weighed. */
  readonly confidence?: number;
}

/** How the rollback came to this verdict. Added by the guard, not by the judge. */
interface Course {
  /** Looks taken, this one included. Absent: this is the first. */
  readonly looks?: number;
  /** How many triggers of `alsoTriggeredBy` in the record were known. Absent: none. */
  readonly heard?: number;
  /** How many questions another one followed: a trigger came, or an answer did not settle all. Absent: none. */
  readonly again?: number;
  /** Seconds between each question and the verdict after it. Absent: nothing was asked. */
  readonly askedSeconds?: number;
  /** The later trigger that decided. Absent: the own request of the rollback did. */
  readonly decidedBy?: Request;
  /** The later trigger of the plan. Absent: the plan is for the own request of the rollback. */
  readonly plannedFor?: Request;
}

/** Returns `confidence 93 %`, or null where nothing was weighed. */
export function confidenceIn(verdict: { readonly confidence?: number | undefined }): string | null {
  return verdict.confidence === undefined ? null : `confidence ${Math.round(verdict.confidence * 100)} %`;
}
