import type { OutcomeState } from './outcome.ts';
import type { Plan } from './plan.ts';
import type { Instant, Request } from './request.ts';

/** A fact that had to be looked up: what it is, or why it could not be read. */
export type Found<T> =
  { readonly known: true; readonly is: T } | { readonly known: false; readonly why: string };

/** An alarm's state as CloudWatch names it. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** One change of an alarm's state. */
export interface StateChange {
  readonly at: Instant;
  readonly from: AlarmState;
  readonly to: AlarmState;
}

/** Another rollback of the same target, before this one. */
export interface Earlier {
  readonly execution: string;
  readonly automatic: boolean;
  readonly startedAt: Instant;
  /** Absent when it ended without a report. */
  readonly ended?: { readonly at: Instant; readonly as: OutcomeState };
  /** Id of the revision it went back from, as far as it came to know it. */
  readonly from?: string;
}

/** A person's word that the target is to stay as it is. */
export interface Frozen {
  readonly reason: string;
  readonly by: string;
  readonly until?: Instant;
}

/** A person's word about a plan that was made before this one. */
export interface Agreed {
  readonly by: string;
  /** False: the plan has changed since. */
  readonly toThisPlan: boolean;
}

/** Everything that the judge goes by. */
export interface Facts {
  readonly request: Request;
  readonly plan: Plan;
  /** When the target was claimed. How old an alarm was is told from here: our own retries do not make it older. */
  readonly takenUpAt: Instant;
  /** State changes of the alarm that triggered us, from an hour or more before the deployment began, in any order. */
  readonly history: Found<readonly StateChange[]>;
  /** What else turned to ALARM at about the same time and has nothing to do with the target: one word for each. */
  readonly alarming: Found<readonly string[]>;
  /** Ids of the revisions of this target that were at fault before. */
  readonly condemned: readonly string[];
  /** Other rollbacks of this target within the last day or longer, newest first. */
  readonly earlier: readonly Earlier[];
  /** Who confirmed a plan before they asked for it, and who approved one when they were asked. */
  readonly confirmed?: Agreed;
  readonly approved?: Agreed;
  /** The owner's tag said that silence means go, and nobody answered. */
  readonly silent?: Pick<Agreed, 'toThisPlan'>;
  /** The freeze that holds for the target, or null. */
  readonly freeze: Frozen | null;
}
