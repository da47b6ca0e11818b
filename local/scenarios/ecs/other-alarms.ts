import type { Stage } from '../stage.ts';

/** Puts an alarm of another service, without data. */
export function putAlarmOfAnother(
  stage: Stage,
  AlarmName: string,
  tags: Readonly<Record<string, string>> = {},
): void {
  stage.call('cloudwatch', 'PutMetricAlarm', {
    AlarmName,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    Namespace: 'Others',
    MetricName: AlarmName,
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'ignore',
  });
}

export function turnToAlarm(stage: Stage, AlarmName: string): void {
  turn(stage, AlarmName, 'ALARM');
}

export function turn(stage: Stage, AlarmName: string, StateValue: 'ALARM' | 'OK'): void {
  stage.call('cloudwatch', 'SetAlarmState', { AlarmName, StateValue, StateReason: 'the network is down' });
}

export function alarmNow(stage: Stage, name: string): { readonly state: string; readonly since: Date } {
  const { MetricAlarms = [] } = stage.call<{
    MetricAlarms?: { StateValue?: string; StateUpdatedTimestamp?: Date }[];
  }>('cloudwatch', 'DescribeAlarms', { AlarmNames: [name] });
  const { StateValue: state = '', StateUpdatedTimestamp: since = new Date(0) } = MetricAlarms[0] ?? {};
  return { state, since };
}

/** Turns an alarm a second before another one. CloudWatch evaluates that one once a minute, at the same second. */
export async function turnJustBefore(stage: Stage, AlarmName: string, other: string): Promise<void> {
  const phase = (alarmNow(stage, other).since.getTime() - 1000) % 60_000;
  while (alarmNow(stage, other).state !== 'ALARM') {
    turn(stage, AlarmName, 'OK');
    const toPhase = (60_000 + phase - (stage.world.clock.now() % 60_000)) % 60_000;
    await stage.minutes(toPhase / 60_000);
    turn(stage, AlarmName, 'ALARM');
    await stage.minutes(10 / 60);
  }
}
