import type { PutCompositeAlarmInput, PutMetricAlarmInput, Tag } from '@aws-sdk/client-cloudwatch';
import type { Surroundings } from '../aws.ts';
import { AwsError, type Access } from '../service.ts';
import { alarmsIn, parseAlarmRule, type AlarmRule } from './alarm-rule.ts';
import { actionsOf, UNCHECKED, type Alarm, type CompositeAlarm, type MetricAlarm } from './alarms.ts';
import { checkMetricAlarm } from './check-alarm.ts';
import type { AlarmDesk } from './desk.ts';
import type { Herald } from './herald.ts';
import { alarmArn, limit } from './limits.ts';

type Put = PutMetricAlarmInput | PutCompositeAlarmInput;

interface Counter {
  readonly surroundings: Surroundings;
  readonly desk: AlarmDesk;
  readonly herald: Herald;
}

export function putOperations(surroundings: Surroundings, desk: AlarmDesk, herald: Herald) {
  const at: Counter = { surroundings, desk, herald };
  const mayPut =
    (action: string) =>
    ({ AlarmName = '', AlarmActions }: Put): readonly Access[] => [
      {
        action: `cloudwatch:${action}`,
        resource: alarmArn(AlarmName),
        tags: Object.fromEntries(desk.alarms.get(AlarmName)?.tags ?? []),
        conditions: { 'cloudwatch:AlarmActions': AlarmActions ?? [] },
      },
    ];
  return {
    PutMetricAlarm: {
      bucket: limit.putMetricAlarm,
      authorize: mayPut('PutMetricAlarm'),
      run: (input: PutMetricAlarmInput) => putMetricAlarm(at, input),
    },
    PutCompositeAlarm: {
      bucket: limit.putCompositeAlarm,
      authorize: mayPut('PutCompositeAlarm'),
      run: (input: PutCompositeAlarmInput) => putCompositeAlarm(at, input),
    },
  };
}

/**
 * Puts a metric alarm. A new one begins in INSUFFICIENT_DATA; an updated one keeps its state until the next evaluation.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
function putMetricAlarm(at: Counter, input: PutMetricAlarmInput): object {
  const { surroundings, desk } = at;
  checkMetricAlarm(input);
  const known = existing(desk, input, 'MetricAlarm');
  const alarm: MetricAlarm = known ?? {
    ...blank(surroundings, input),
    type: 'MetricAlarm',
    settings: input,
    metricId: surroundings.random(`cloudwatch/metric/${input.AlarmName ?? ''}`).uuid(),
  };
  alarm.settings = input;
  settle(at, alarm, input, known === undefined);
  desk.watch(alarm);
  return {};
}

function putCompositeAlarm(at: Counter, input: PutCompositeAlarmInput): object {
  const { surroundings, desk } = at;
  if (input.ActionsSuppressor !== undefined)
    throw new AwsError('ValidationError', 'ActionsSuppressor is not modelled here');
  const rule = parseAlarmRule(input.AlarmRule ?? '');
  if (reaches(desk, rule, input.AlarmName ?? ''))
    throw new AwsError('ValidationError', 'Circular composite alarms are not modelled here');
  const known = existing(desk, input, 'CompositeAlarm');
  const alarm: CompositeAlarm = known ?? {
    ...blank(surroundings, input),
    type: 'CompositeAlarm',
    settings: input,
    rule,
  };
  Object.assign(alarm, { settings: input, rule });
  settle(at, alarm, input, known === undefined);
  // "A while after": a composite starts in INSUFFICIENT_DATA and is evaluated separately. Assumed: within a second.
  surroundings.clock.after(1000, () => {
    if (desk.alarms.get(alarm.name) === alarm) desk.recompute(alarm);
  });
  return {};
}

/** Returns whether a rule names an alarm, directly or through other composite alarms. */
function reaches(desk: AlarmDesk, rule: AlarmRule, name: string): boolean {
  return alarmsIn(rule).some((reference) => {
    const child = desk.find(reference);
    return (
      reference === name ||
      child?.name === name ||
      (child?.type === 'CompositeAlarm' && reaches(desk, child.rule, name))
    );
  });
}

function existing<T extends Alarm['type']>(desk: AlarmDesk, { AlarmName }: Put, type: T) {
  const known = desk.alarms.get(AlarmName ?? '');
  if (known === undefined) return undefined;
  if (known.type !== type) throw new AwsError('ValidationError', 'An alarm of another type has this name');
  return known as Extract<Alarm, { type: T }>;
}

function blank({ clock }: Surroundings, { AlarmName = '' }: Put) {
  if (AlarmName === '') throw new AwsError('ValidationError', 'AlarmName is required');
  return {
    arn: alarmArn(AlarmName),
    name: AlarmName,
    description: undefined,
    actionsEnabled: true,
    actions: { OK: [], ALARM: [], INSUFFICIENT_DATA: [] },
    actionConfiguration: undefined,
    configuredAt: clock.now(),
    state: { value: 'INSUFFICIENT_DATA' as const, reason: UNCHECKED, at: clock.now() },
    transitionedAt: clock.now(),
    tags: new Map<string, string>(),
    history: [],
  };
}

/** Completes a put alarm of either type. Tags are only set at creation. */
function settle({ surroundings, desk, herald }: Counter, alarm: Alarm, input: Put, isNew: boolean): void {
  alarm.description = input.AlarmDescription;
  alarm.actionsEnabled = input.ActionsEnabled ?? true;
  alarm.actions = actionsOf(input);
  alarm.actionConfiguration = input.ActionConfiguration;
  alarm.configuredAt = surroundings.clock.now();
  if (isNew) setTags(alarm, input.Tags);
  desk.alarms.set(alarm.name, alarm);
  const done = isNew ? 'created' : 'updated';
  herald.record(alarm, {
    type: 'ConfigurationUpdate',
    summary: `Alarm "${alarm.name}" ${done}`,
    data: JSON.stringify({ version: '1.0', type: isNew ? 'Create' : 'Update' }),
  });
}

export function setTags({ tags }: Alarm, wanted: readonly Tag[] | undefined): void {
  for (const { Key = '', Value = '' } of wanted ?? []) tags.set(Key, Value);
}
