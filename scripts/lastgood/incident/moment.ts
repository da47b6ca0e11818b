import type { AnyAlarm } from '../../../src/aws/alarms.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import type { Change, Measured, OtherDeployment, StateChange } from '../../../src/rollback/facts.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import type { AlarmTrigger, Instant, Request } from '../../../src/rollback/request.ts';

/** One look at the target, read afterwards. */
export interface Moment {
  readonly at: Instant;
  readonly request: Request & { readonly trigger: AlarmTrigger };
  readonly plan: Plan;
  /** CloudWatch may hold more datapoints now than it did at the look. */
  readonly measured: readonly Measured[];
  readonly changes: readonly Change[];
}

/** An alarm, as CloudWatch shows it now. */
export interface PastAlarm {
  readonly name: string;
  /** Absent: the alarm has been deleted since. */
  readonly described?: AnyAlarm;
  /** Changes of its state, oldest first; some may be later than a look. */
  readonly changes: readonly StateChange[];
}

/** Facts that all looks have in common. Some may be later than a look. */
export interface Background {
  readonly execution: string;
  readonly alarms: readonly PastAlarm[];
  readonly entries: readonly Entry[];
  readonly records: readonly RollbackRecord[];
  readonly dependencies: readonly OtherDeployment[];
}
