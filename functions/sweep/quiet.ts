import { DescribeAlarmsCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { RollbackRecord } from '../../src/ledger/claims.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { isAfter } from '../../src/rollback/time.ts';

/** An alarm as it is now. */
export interface AlarmNow {
  readonly name: string;
  readonly state: string;
  /** Since when it is in that state. */
  readonly since: Instant;
}

export interface AlarmStates {
  /** Those that there are, metric alarms and composite ones. */
  named(names: readonly string[]): Promise<readonly AlarmNow[]>;
}

/** Quiet, with the evidence; or not, with the last instant at which it was not known to be. */
export type Quiet =
  | { readonly is: true; readonly evidence: readonly string[] }
  | { readonly is: false; readonly since: Instant };

/**
 * Whether a target was quiet since an instant: every alarm is OK and has been all the time, and no rollback ran. An alarm
 * without data, or one that is not there, is not known to be quiet.
 * @param records newest first; those that ended before `since` count for nothing
 */
export async function readQuiet(
  alarms: AlarmStates,
  names: readonly string[],
  records: readonly RollbackRecord[],
  since: Instant,
): Promise<Quiet> {
  const rollback = records.find(({ outcome }) => outcome === undefined || isAfter(outcome.at, since));
  if (rollback !== undefined) return { is: false, since: rollback.outcome?.at ?? rollback.startedAt };
  const states = names.length === 0 ? [] : await alarms.named(names);
  const changes = states.map((alarm) => alarm.since).filter((changed) => isAfter(changed, since));
  const isOk = names.every((name) => states.some((alarm) => alarm.name === name && alarm.state === 'OK'));
  if (!isOk || changes.length > 0) return { is: false, since: changes.toSorted().at(-1) ?? since };
  return {
    is: true,
    evidence: [...names.map((name) => `alarm ${name} was OK since ${since}`), noRollback(since, names)],
  };
}

function noRollback(since: Instant, names: readonly string[]): string {
  return names.length === 0
    ? `no rollback was asked for since ${since}, and no alarm is known to watch it`
    : `no rollback was asked for since ${since}`;
}

/** At most 100 names a call: more alarms than a service deployment can have. */
const MOST_NAMES = 100;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
export function createAlarmStates(client: Pick<CloudWatchClient, 'send'>): AlarmStates {
  return {
    named: async (names) => {
      const { MetricAlarms = [], CompositeAlarms = [] } = await client.send(
        new DescribeAlarmsCommand({
          AlarmNames: names.slice(0, MOST_NAMES),
          AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
          MaxRecords: MOST_NAMES,
        }),
      );
      return [...MetricAlarms, ...CompositeAlarms].flatMap((alarm) => {
        const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
        const { AlarmName: name, StateValue: state } = alarm;
        return name === undefined || state === undefined || since === undefined
          ? []
          : [{ name, state, since: since.toISOString() }];
      });
    },
  };
}
