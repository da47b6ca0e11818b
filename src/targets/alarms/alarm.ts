import type { Onset } from '../../rollback/onset.ts';
import type { Meter, Tags } from '../../rollback/plan.ts';
import type { AlarmTrigger, Instant } from '../../rollback/request.ts';

/** The metric dimensions of one metric: `{ClusterName: 'prod', ServiceName: 'checkout'}`. */
export type Dimensions = Readonly<Record<string, string>>;

/** A CloudWatch alarm that turned to ALARM, in one form for all envelopes. */
export interface Alarm {
  readonly name: string;
  /** Null if the event neither has it nor has enough to compose it. */
  readonly arn: string | null;
  /** Time at which it turned, and the path of that time in the event. */
  readonly at: Instant;
  readonly timeField: string;
  readonly previously: AlarmTrigger['previously'] | null;
  /** Onset of the harm, or null if the event names no datapoints. */
  readonly onset: Onset | null;
  /** CloudWatch's sentence; may be empty. */
  readonly reason: string;
  /**
   * The dimensions of each metric of its own account, or of the time series that turned. Empty for a composite alarm.
   */
  readonly dimensions: readonly Dimensions[];
  /** Other accounts whose metrics it watches; absent: none. */
  readonly elsewhere?: readonly string[];
  /** CloudWatch's id of the time series that turned, if the alarm watches many. */
  readonly contributor?: string;
  /** The meters of its metrics; absent: none is known. */
  readonly meters?: readonly Meter[];
  /** It only scales, as far as its source says: it turns with the load, and says nothing about users. */
  readonly onlyScales?: true;
  /** The alarm's tags in the event, which may be incomplete; null if it carries none. */
  readonly tags: Tags | null;
  /** The sign that it was set by hand, or null. */
  readonly forged: string | null;
  /** The reason why CloudWatch does not run the alarm's actions now, or null. */
  readonly withheld: string | null;
}
