import type { MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { factsOf } from '../../../../scripts/judge/facts.ts';
import type { Incident, Observed } from '../../../../scripts/judge/incident.ts';
import type { Background, PastAlarm, Moment } from '../../../../scripts/lastgood/incident/moment.ts';
import type { Entry } from '../../../../src/ledger/ledger.ts';
import type { RollbackRecord } from '../../../../src/ledger/claims.ts';
import type { Found } from '../../../../src/rollback/facts.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import type { AlarmTrigger } from '../../../../src/rollback/request.ts';
import { after } from '../../../../src/rollback/time.ts';

type Alarm = Observed['alarms'][number];

/** Turns an incident into the answers of AWS and the ledger long afterwards. */
export function asAws(incident: Incident): {
  readonly moments: readonly [Moment, ...Moment[]];
  readonly background: Background;
} {
  const last = incident.later.at(-1) ?? incident;
  return {
    moments: [momentOf(incident), ...incident.later.map(momentOf)],
    background: {
      execution: 'this one',
      alarms: last.alarms.map(pastAlarmOf),
      entries: last.ledger.map((entry) => entryOf(entry, last)),
      records: last.rollbacks.map((one, at) => recordOf(one, at, last)),
      dependencies: known(factsOf(last).otherDeployments),
    },
  };
}

function momentOf(observed: Observed): Moment {
  const { request, plan, measured, changes } = factsOf(observed);
  const trigger = request.trigger as AlarmTrigger;
  return {
    at: observed.decidedAt,
    request: { ...request, trigger },
    plan: tagged(plan, observed),
    measured: known(measured),
    changes: known(changes),
  };
}

/** Adds `lastgood:needs`, because without that tag all other targets are `unknown`. */
function tagged(plan: Plan, { alarms }: Observed): Plan {
  const others = alarms.filter(({ relation }) => relation !== 'this');
  if (others.every(({ relation }) => relation === 'unknown')) return plan;
  const needs = others.flatMap(({ relation, target }) => (relation === 'dependency' ? (target ?? []) : []));
  return { ...plan, tags: { ...plan.tags, 'lastgood:needs': needs.join(' ') } };
}

function pastAlarmOf(alarm: Alarm): PastAlarm {
  const { name, history = [], state } = alarm;
  const turned = history.at(-1)?.at ?? '2026-01-01T00:00:00.000Z';
  const described = {
    ...watchedBy(alarm),
    AlarmName: name,
    AlarmArn: `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${name}`,
    AlarmConfigurationUpdatedTimestamp: new Date('2026-01-01T00:00:00.000Z'),
    StateValue: state,
    StateTransitionedTimestamp: new Date(turned),
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    TreatMissingData: alarm.treatMissingData,
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.metric === 'healthyHosts' ? 'LessThanThreshold' : 'GreaterThanThreshold',
  } as MetricAlarm;
  return { name, described, changes: history };
}

const METRICS: Readonly<Record<string, readonly [namespace: string, name: string, stat: string]>> = {
  requests: ['AWS/ApplicationELB', 'RequestCount', 'Sum'],
  errors: ['AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', 'Sum'],
  latency: ['AWS/ApplicationELB', 'TargetResponseTime', 'p95'],
  healthyHosts: ['AWS/ApplicationELB', 'HealthyHostCount', 'Minimum'],
  cpu: ['AWS/ECS', 'CPUUtilization', 'Average'],
  memory: ['AWS/ECS', 'MemoryUtilization', 'Average'],
};

function watchedBy({ metric = '', target = '', periodSeconds }: Alarm): MetricAlarm {
  if (metric === 'errorRate') {
    const all = { Id: 'share', Expression: '100 * errors / requests', ReturnData: true };
    return {
      Metrics: [all, queryOf('errors', target, periodSeconds), queryOf('requests', target, periodSeconds)],
    };
  }
  const [Namespace, MetricName, Statistic] = METRICS[metric] ?? ['Shop', metric, 'Sum'];
  return {
    Namespace,
    MetricName,
    Period: periodSeconds,
    Dimensions: dimensionsOf(target),
    ...(Statistic === 'p95' ? { ExtendedStatistic: 'p95' } : { Statistic: Statistic as 'Sum' }),
  };
}

function queryOf(metric: string, target: string, Period = 60): MetricDataQuery {
  const [Namespace, MetricName, Stat] = METRICS[metric] ?? [];
  const Metric = { Namespace, MetricName, Dimensions: dimensionsOf(target) };
  return { Id: metric, MetricStat: { Metric, Period, Stat }, ReturnData: false };
}

function dimensionsOf(target: string) {
  const [, ClusterName, ServiceName] = /^ecs:([^/]+)\/(.+)$/.exec(target) ?? [];
  return Object.entries({ ClusterName, ServiceName }).map(([Name, Value]) => ({ Name, Value }));
}

function entryOf({ revision: id, state, at }: Observed['ledger'][number], of: Observed): Entry {
  const { name: target } = of.target;
  const revision = { id, name: id };
  switch (state) {
    case 'proven':
      return { state, target, revision, completedAt: at, provenAt: at, evidence: [] };
    case 'condemned':
      return { state, target, revision, condemnedAt: at, evidence: [], execution: 'another' };
    case 'candidate': {
      const deployed = of.deployments.find((one) => one.revision?.id === id);
      const deployment = `ecs-svc/${id.split('/').at(-1) ?? ''}`;
      const soakUntil = after(of.decidedAt, 3600);
      return {
        state,
        target,
        deployment: deployed === undefined ? 'gone' : deployment,
        completedAt: at,
        soakUntil,
      };
    }
  }
}

function recordOf(one: Observed['rollbacks'][number], at: number, { target }: Observed): RollbackRecord {
  const { startedAt, endedAt, outcome, automatic, from } = one;
  const request = { target: target.name, reason: 'an alarm turned' };
  return {
    target: target.name,
    execution: `earlier-${at}`,
    startedAt,
    request,
    alsoTriggeredBy: [],
    automatic,
    ...(from !== undefined && { from }),
    ...(endedAt !== undefined &&
      outcome !== undefined && { outcome: { state: outcome, at: endedAt, reason: '', advice: [] } }),
  };
}

function known<T>(found: Found<readonly T[]> | undefined): readonly T[] {
  return found?.known === true ? found.is : [];
}
