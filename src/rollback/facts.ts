import type { Accused, Earlier } from './earlier.ts';
import type { Onset } from './onset.ts';
import type { PauseOrder } from './pause.ts';
import type { Meter, Plan } from './plan.ts';
import type { Instant, Request } from './request.ts';

/** A fact that was read from a source: its value, or why it could not be read. */
export type Found<T> =
  { readonly known: true; readonly is: T } | { readonly known: false; readonly why: string };

/** An alarm's state as CloudWatch names it. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** An alarm of the target that had turned to ALARM before the newest deployment began, and its changes since that turn. */
export interface TurnedBefore {
  readonly alarm: string;
  readonly history: Found<readonly StateChange[]>;
}

/** One change of an alarm's state. */
export interface StateChange {
  readonly at: Instant;
  readonly from: AlarmState;
  readonly to: AlarmState;
}

/** What an alarm watches. For a composite alarm see `watchedByChildren`. */
export interface Watching {
  /**
   * The threshold of the metric, in a meter's unit; percent for an error rate. Absent for other expressions and anomaly
   * bands.
   */
  readonly limit?: { readonly threshold: number; readonly breaches: 'above' | 'below' };
  readonly periodSeconds?: number;
  readonly evaluationPeriods?: number;
  /** The metric of the alarm, if a meter has a word for it. `unhealthyHosts` is never measured. */
  readonly metric?: Meter['metric'] | 'errorRate' | 'unhealthyHosts';
  /** Missing data keeps the state or makes it INSUFFICIENT_DATA. The metric may have no data while all is well. */
  readonly silentWhenHealthy?: boolean;
}

/** The alarm that triggered the rollback, as DescribeAlarms shows it now. */
export interface AlarmNow extends Watching {
  readonly state: AlarmState;
  /** When it turned red. Absent: it is not red any more, or CloudWatch does not say. */
  readonly since?: Instant;
  /** When it, or a red alarm in its rule, was created or last changed. Absent: CloudWatch does not say. */
  readonly changedAt?: Instant;
  /** False: its owner disabled its actions. Absent: unknown, because the alarm is not red any more. */
  readonly actionsEnabled?: boolean;
  /** All that it does is to run scaling policies. Absent: it does more, or it is not red any more. */
  readonly onlyScales?: true;
  /** The sign that it was set by hand: its datapoints do not fit its settings. Absent: there is none. */
  readonly setByHand?: string;
  /** The red alarms in its rule, whose datapoints show the harm. Absent: it is not composite, or none is known. */
  readonly children?: readonly Child[];
}

/** A red alarm in the rule of a composite alarm. */
export interface Child {
  readonly alarm: string;
  /** When it turned to ALARM. */
  readonly at: Instant;
  /** Absent: CloudWatch names no datapoints that turned it. */
  readonly onset?: Onset;
  /** Absent: it is no metric alarm. */
  readonly watching?: Watching;
}

/**
 * The relation of another alarm, deployment or change to the target, by the tag `lastgood:needs` or the configuration
 * of the target. `neighbour`: the tag exists and does not name it. `unknown`: there is no such tag.
 */
export type Relation = 'this' | 'dependency' | 'caller' | 'neighbour' | 'unknown';

/** A target that Lastgood is going back with now. */
export interface GoingBack {
  readonly target: string;
  /** Start of that rollback. */
  readonly since: Instant;
}

/** Another alarm that is in ALARM. */
export interface OtherAlarm {
  /** The target of the alarm, or else the name of the alarm. */
  readonly about: string;
  /** It is about a target, or may be: alarms of targets are counted where they arrive, and not here. */
  readonly isTarget?: true;
  readonly relation: Relation;
  /** When it turned to ALARM. */
  readonly at: Instant;
  /** When its own harm began. Absent: unknown, but not after it turned. */
  readonly onset?: Onset;
}

/** A deployment of another target. */
export interface OtherDeployment {
  readonly target: string;
  readonly relation: Relation;
  /** When it began. With `isEnd` it is when the deployment completed, because the ledger knows no more. */
  readonly startedAt: Instant;
  /** The sight before `startedAt`, at which it was not there yet. Absent: `startedAt` is known. */
  readonly notBefore?: Instant;
  readonly isEnd?: true;
}

/** A change of a flag, parameter, secret, permission or piece of infrastructure. */
export interface Change {
  readonly at: Instant;
  readonly kind: 'flag' | 'parameter' | 'secret' | 'permission' | 'infrastructure';
  readonly subject: string;
  readonly relation: Relation;
}

/**
 * Datapoints of one metric. `values[k]` covers the period that begins at `start` + k periods. Null: it has no
 * datapoint.
 */
export interface Series {
  readonly start: Instant;
  readonly periodSeconds: number;
  readonly values: readonly (number | null)[];
}

/** One metric of the target or of a dependency. */
export interface Measured {
  readonly metric: Meter['metric'];
  readonly relation: 'this' | 'dependency';
  /** Id of the only revision that is measured. Absent: all are. */
  readonly revision?: string;
  /** The only availability zone that is measured. Absent: all are. */
  readonly zone?: string;
  /** The same hours a day earlier. */
  readonly yesterday?: true;
  readonly series: Series;
}

/** A stopped task of the target. */
export interface StoppedTask {
  readonly at: Instant;
  readonly revision: string;
  /** Whether the task failed. A task that a deployment or a scale-in stopped did not. */
  readonly failed: boolean;
}

/** A change of the desired count. */
export interface Scaling {
  readonly at: Instant;
  readonly from: number;
  readonly to: number;
}

/** A freeze by an operator. */
export interface Frozen {
  readonly reason: string;
  readonly by: string;
  readonly until?: Instant;
}

/** An operator's consent to a plan that was made before this one. */
export interface Agreed {
  readonly by: string;
  /** False: the plan has changed since. */
  readonly toThisPlan: boolean;
  /** Names of the rules that asked, as this operator saw them. Absent: unknown. */
  readonly shown?: readonly string[];
}

/** All facts that the judge uses. */
export interface Facts {
  readonly request: Request;
  readonly plan: Plan;
  /** The other triggers that came while this rollback held the target. Each is judged alone. Absent: none came. */
  readonly alsoTriggeredBy?: readonly Request[];
  /**
   * When the execution of this trigger started. The age of an alarm is counted from here, so that retries do not age
   * it.
   */
  readonly takenUpAt: Instant;
  /**
   * State changes of the alarm that triggered the rollback, from an hour or more before the deployment began, in any
   * order.
   */
  readonly history: Found<readonly StateChange[]>;
  /**
   * The other alarms that have triggered rollbacks of the target before its newest deployment began, newest turn first.
   * Absent: there are none, or they were not asked for.
   */
  readonly turnedBefore?: readonly TurnedBefore[];
  /** The onset that an earlier look found for this trigger. Absent: this is the first look. */
  readonly sinceBefore?: Onset;
  /** The alarm that triggered the rollback. Absent: no alarm did. */
  readonly alarm?: Found<AlarmNow>;
  /** The target is a member of a storm. Absent: there is none, or it was among the first. */
  readonly isInStorm?: true;
  /** The stack counts no storms, and asks because of none. */
  readonly stormsAreOff?: true;
  /** Those of `plan.undoneBy` that are in ALARM. Absent: unknown, or there are none to be read. */
  readonly undoingRed?: readonly string[];
  /** The other alarms in ALARM, which are not about the target. */
  readonly others: Found<readonly OtherAlarm[]>;
  /** The metrics since before the deployment of the suspect, and a day earlier. */
  readonly measured?: Found<readonly Measured[]>;
  /** Deployments of other targets within the last hours. */
  readonly otherDeployments?: Found<readonly OtherDeployment[]>;
  /** The dependencies that Lastgood is going back with. Absent: there is none, or it was not asked for. */
  readonly goingBack?: readonly GoingBack[];
  /** Changes within the last hour that are no deployments. */
  readonly changes?: Found<readonly Change[]>;
  readonly stopped?: Found<readonly StoppedTask[]>;
  readonly scaling?: Found<readonly Scaling[]>;
  /** The number of looks before this one. Absent: this is the first. */
  readonly looks?: number;
  /** Probes of users' URLs that were sent a moment ago. Absent: none were, or the target has no probes. */
  readonly probed?: { readonly sent: number; readonly bad: number };
  /** No other look can follow. */
  readonly isLastLook?: true;
  /** Ids of the condemned revisions of this target. */
  readonly condemned: readonly string[];
  /** The proven revisions that were accused since, without a decision. Absent: there are none. */
  readonly accused?: readonly Accused[];
  /** Other rollbacks of this target within the last day or longer, newest first. */
  readonly earlier: readonly Earlier[];
  /** The operator who confirmed a plan before the request, and the one who approved one when asked. */
  readonly confirmed?: Agreed;
  readonly approved?: Agreed;
  /** A question got no answer, and the tag of the owner says that silence means go. */
  readonly silent?: Pick<Agreed, 'toThisPlan'>;
  /** A silence let the rollback go, and Lastgood was paused before it wrote. Silence does not answer twice. */
  readonly silenceIsSpent?: true;
  /** Names of the alarms about the target that are in ALARM. Only a rehearsal reads them. */
  readonly red?: Found<readonly string[]>;
  /** The last order to pause Lastgood; null: it was never paused. Absent: read for the way back of a rehearsal alone. */
  readonly pause?: Found<PauseOrder | null>;
  /** Alarms that are watched, or that its tags name, and that do not exist. Absent: not asked for. */
  readonly absentAlarms?: Found<readonly string[]>;
  /** The last status of the stack that has the target; null: no event of it is known. Absent: no stack has it. */
  readonly stack?: Found<{ readonly status: string; readonly at: Instant } | null>;
  /** The freeze of the target, or null. */
  readonly freeze: Frozen | null;
}
