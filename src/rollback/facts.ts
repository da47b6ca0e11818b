import type { OutcomeState } from './outcome.ts';
import type { Meter, Plan } from './plan.ts';
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

/** The alarm that triggered us, as DescribeAlarms has it now. */
export interface AlarmNow {
  readonly state: AlarmState;
  /** False: its owner switched its actions off. Absent: not known, because it is not red any more. */
  readonly actionsEnabled?: boolean;
  /**
   * What the metric is compared with, in a meter's unit; percent for an error rate. Absent for other expressions, anomaly
   * bands and composite alarms.
   */
  readonly limit?: { readonly threshold: number; readonly breaches: 'above' | 'below' };
  readonly periodSeconds?: number;
  readonly evaluationPeriods?: number;
  /** What the alarm watches, in the words of a meter, where it is one of those. */
  readonly metric?: Meter['metric'] | 'errorRate';
  /** Missing data keeps or loses the state: the metric may be silent when all is well. */
  readonly silentWhenHealthy?: boolean;
}

/**
 * What another alarm, deployment or change is to the target, as far as its tag `lastgood:needs` or its own configuration
 * says it. `neighbour`: the tag is there and does not name it. `unknown`: there is no such tag.
 */
export type Relation = 'this' | 'dependency' | 'caller' | 'neighbour' | 'unknown';

/** Another alarm that is in ALARM. */
export interface OtherAlarm {
  /** The target it is about, or else the alarm's name. */
  readonly about: string;
  readonly relation: Relation;
  /** When it turned to ALARM. */
  readonly at: Instant;
}

/** A deployment of another target. */
export interface OtherDeployment {
  readonly target: string;
  readonly relation: Relation;
  /** When it began; with `isEnd`, when it had completed, because the ledger knows no more. */
  readonly startedAt: Instant;
  readonly isEnd?: true;
}

/** A change of a flag, parameter, secret, permission or piece of infrastructure. */
export interface Change {
  readonly at: Instant;
  readonly kind: 'flag' | 'parameter' | 'secret' | 'permission' | 'infrastructure';
  readonly subject: string;
  readonly relation: Relation;
}

/** Datapoints of one metric; `values[k]` covers the period that begins at `start` + k periods; null: there is none. */
export interface Series {
  readonly start: Instant;
  readonly periodSeconds: number;
  readonly values: readonly (number | null)[];
}

/** One metric of the target or of what it depends on. */
export interface Measured {
  readonly metric: Meter['metric'];
  readonly relation: 'this' | 'dependency';
  /** Id of the revision that alone is measured. */
  readonly revision?: string;
  /** The availability zone that alone is measured. */
  readonly zone?: string;
  /** A day earlier: the same hours. */
  readonly yesterday?: true;
  readonly series: Series;
}

/** A task that stopped, of the target. */
export interface StoppedTask {
  readonly at: Instant;
  readonly revision: string;
  /** Whether it failed: a task that a deployment or scaling stops did not. */
  readonly failed: boolean;
}

/** The desired count changed. */
export interface Scaling {
  readonly at: Instant;
  readonly from: number;
  readonly to: number;
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
  /** What else triggered while this rollback held the target. Each is judged for itself; absent: nothing did. */
  readonly alsoTriggeredBy?: readonly Request[];
  /** When the execution of this trigger started. An alarm's age is counted from here: retries do not make it older. */
  readonly takenUpAt: Instant;
  /** State changes of the alarm that triggered us, from an hour or more before the deployment began, in any order. */
  readonly history: Found<readonly StateChange[]>;
  /** The alarm that triggered us. Absent: no alarm did. */
  readonly alarm?: Found<AlarmNow>;
  /** What else is in ALARM and is not about the target. */
  readonly others: Found<readonly OtherAlarm[]>;
  /** What CloudWatch measured since before the suspect's deployment, and a day earlier. */
  readonly measured?: Found<readonly Measured[]>;
  /** Deployments of other targets within the last hours. */
  readonly otherDeployments?: Found<readonly OtherDeployment[]>;
  /** Changes that are no deployments, of the last hour. */
  readonly changes?: Found<readonly Change[]>;
  readonly stopped?: Found<readonly StoppedTask[]>;
  readonly scaling?: Found<readonly Scaling[]>;
  /** How many looks came before this one; absent: this is the first. */
  readonly looks?: number;
  /** No other look can follow. */
  readonly isLastLook?: true;
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
