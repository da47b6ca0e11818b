import type {
  AlarmType,
  DescribeAlarmsOutput,
  ListTagsForResourceOutput,
  MetricAlarm,
  CompositeAlarm,
  Tag,
} from '@aws-sdk/client-cloudwatch';
import fc from 'fast-check';
import type { Stage } from '../../scenarios/stage.ts';
import type { Night } from '../night.ts';
import { nothingToEnd, type Fault } from './fault.ts';
import { incidents } from './incidents.ts';

const nothing = fc.constant({});
const API = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference';

/** What people and tools do to alarms. */
export const alarms: readonly Fault[] = [
  {
    name: 'alarm-deleted',
    source: `${API}/API_DeleteAlarms.html`,
    draws: nothing,
    begin({ stage, subject }) {
      const before = alarmsOf(stage, subject.alarms);
      const AlarmNames = [...before.composite, ...before.metric].map(({ AlarmName }) => AlarmName ?? '');
      for (const name of AlarmNames) stage.call('cloudwatch', 'DeleteAlarms', { AlarmNames: [name] });
      return () => putBack(stage, before);
    },
  },
  {
    name: 'alarm-disabled',
    source: `${API}/API_DisableAlarmActions.html`,
    draws: nothing,
    begin({ stage, subject: { alarms: AlarmNames } }) {
      stage.call('cloudwatch', 'DisableAlarmActions', { AlarmNames });
      return () => {
        stage.call('cloudwatch', 'EnableAlarmActions', { AlarmNames });
      };
    },
  },
  {
    name: 'alarm-edited',
    source: `${API}/API_PutMetricAlarm.html`,
    draws: fc.record({ factor: fc.constantFrom(0.2, 0.5, 2, 10), periods: fc.constantFrom(1, 3, 5) }),
    begin: (night, { factor, periods }) =>
      edited(night, ({ Threshold = 0 }) => ({
        ...{ Threshold: Threshold * Number(factor) },
        ...{ EvaluationPeriods: Number(periods), DatapointsToAlarm: Number(periods) },
      })),
  },
  {
    name: 'alarm-always-red',
    source: incidents(18),
    draws: nothing,
    begin: (night) => edited(night, () => ({ Threshold: -1 })),
  },
  {
    name: 'alarm-forged',
    source: incidents(20),
    draws: fc.record({ hasData: fc.boolean() }),
    begin: ({ stage, subject }, { hasData }) => set(stage, subject.alarms[0], 'ALARM', hasData === true),
  },
  {
    name: 'alarm-hushed',
    source: incidents(20),
    draws: nothing,
    begin: ({ stage, subject }) => set(stage, subject.alarms[0], 'OK', false),
  },
  {
    name: 'alarm-loses-its-data',
    source: incidents(20),
    draws: nothing,
    begin: ({ stage, subject }) => set(stage, subject.alarms[0], 'INSUFFICIENT_DATA', false),
  },
  {
    name: 'others-suffer-too',
    source:
      'https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/aws-infrastructure.html',
    draws: fc.record({ others: fc.integer({ min: 1, max: 8 }) }),
    begin({ stage, subject }, { others }) {
      const [alarm] = alarmsOf(stage, subject.alarms).metric;
      const names = Array.from({ length: Number(others) }, (_, place) => `other-${place + 1}`);
      for (const name of names)
        put(stage, { ...alarm, AlarmName: name }, [{ Key: 'lastgood:target', Value: `ecs:prod/${name}` }]);
      return () => {
        stage.call('cloudwatch', 'DeleteAlarms', { AlarmNames: names });
      };
    },
  },
];

interface Tagged {
  readonly tags: readonly Tag[];
}

interface Alarms {
  readonly metric: readonly (MetricAlarm & Tagged)[];
  readonly composite: readonly (CompositeAlarm & Tagged)[];
}

/** Returns alarms with those that a composite names. */
function alarmsOf(stage: Stage, names: readonly string[]): Alarms {
  const { CompositeAlarms = [] } = described(stage, 'CompositeAlarm', names);
  const children = CompositeAlarms.flatMap(({ AlarmRule = '' }) =>
    [...AlarmRule.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name),
  );
  const { MetricAlarms = [] } = described(stage, 'MetricAlarm', [...names, ...children]);
  return {
    metric: MetricAlarms.map((alarm) => tagged(stage, alarm)),
    composite: CompositeAlarms.map((alarm) => tagged(stage, alarm)),
  };
}

function described(stage: Stage, type: AlarmType, AlarmNames: readonly string[]): DescribeAlarmsOutput {
  return stage.call('cloudwatch', 'DescribeAlarms', { AlarmTypes: [type], AlarmNames });
}

function tagged<Alarm extends { readonly AlarmArn?: string | undefined }>(
  stage: Stage,
  alarm: Alarm,
): Alarm & Tagged {
  const { Tags = [] } = stage.call<ListTagsForResourceOutput>('cloudwatch', 'ListTagsForResource', {
    ResourceARN: alarm.AlarmArn,
  });
  return { ...alarm, tags: Tags };
}

function putBack(stage: Stage, { metric, composite }: Alarms): void {
  for (const { tags, ...alarm } of metric) put(stage, alarm, tags);
  for (const { AlarmName, AlarmRule, tags } of composite)
    stage.call('cloudwatch', 'PutCompositeAlarm', { AlarmName, AlarmRule, Tags: tags });
}

/** Puts an alarm as it was described, without what its description adds. */
function put(stage: Stage, described: MetricAlarm, Tags: readonly Tag[]): void {
  const { AlarmName, Namespace, MetricName, Dimensions, Statistic, Period, Metrics, ...rest } = described;
  const { Threshold, EvaluationPeriods, DatapointsToAlarm, ComparisonOperator, TreatMissingData } = rest;
  const watched =
    Metrics === undefined ? { Namespace, MetricName, Dimensions, Statistic, Period } : { Metrics };
  stage.call('cloudwatch', 'PutMetricAlarm', {
    ...{ AlarmName, ...watched, Threshold, EvaluationPeriods, DatapointsToAlarm },
    ...{ ComparisonOperator, TreatMissingData, Tags },
  });
}

function edited({ stage, subject }: Night, change: (alarm: MetricAlarm) => Partial<MetricAlarm>): () => void {
  const { metric } = alarmsOf(stage, subject.alarms);
  for (const { tags, ...alarm } of metric) put(stage, { ...alarm, ...change(alarm) }, tags);
  return () => {
    for (const { tags, ...alarm } of metric) put(stage, alarm, tags);
  };
}

/** Sets a state by hand. CloudWatch's next evaluation replaces it. */
function set(stage: Stage, AlarmName: string | undefined, StateValue: string, hasData: boolean): () => void {
  stage.call('cloudwatch', 'SetAlarmState', {
    ...{
      AlarmName,
      StateValue,
      StateReason: 'Threshold Crossed: 1 datapoint [99.0] was greater than the threshold',
    },
    ...(hasData && { StateReasonData: JSON.stringify({ version: '1.0', recentDatapoints: [99] }) }),
  });
  return nothingToEnd;
}
