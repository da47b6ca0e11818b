import type { Onset } from '../../rollback/onset.ts';
import type { Meter, Tags } from '../../rollback/plan.ts';
import type { AlarmTrigger, Instant } from '../../rollback/request.ts';

/** The metric dimensions of one metric: `{ClusterName: 'prod', ServiceName: 'checkout'}`. */
export type Dimensions = Readonly<Record<string, string>>;

/** A CloudWatch alarm that turned to ALARM, in our words: the same whichever envelope it came in. */
export interface Alarm {
  readonly name: string;
  /** Null when the event neither has it nor enough to compose it. */
  readonly arn: string | null;
  /** When it turned. */
  readonly at: Instant;
  readonly previously: AlarmTrigger['previously'] | null;
  /** Since when it hurts, or null where the event names no datapoints. */
  readonly onset: Onset | null;
  /** CloudWatch's sentence; may be empty. */
  readonly reason: string;
  /** Of each metric of its own account that it watches, or of the time series that turned; none for a composite alarm. */
  readonly dimensions: readonly Dimensions[];
  /** Other accounts whose metrics it watches; absent: none. */
  readonly elsewhere?: readonly string[];
  /** CloudWatch's id of the time series that turned, where the alarm watches many. */
  readonly contributor?: string;
  /** What it watches, in a meter's words; absent: none of that is known. */
  readonly meters?: readonly Meter[];
  /** The alarm's tags as far as the event carries them; null when it carries none. */
  readonly tags: Tags | null;
  /** Why it looks as if it had been set by hand, or null. */
  readonly forged: string | null;
  /** Why CloudWatch holds the alarm's actions back for now, or null. */
  readonly withheld: string | null;
}
