import { attribute, ref, tagList, type Resource } from '../cloudformation.ts';
import { PORT } from './web.ts';

/** Returns a target group that finds out fast what is healthy. */
export function targetGroup(type: 'ip' | 'instance'): Resource {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: {
      Protocol: 'HTTP',
      Port: PORT,
      VpcId: ref('Vpc'),
      TargetType: type,
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: 10,
      HealthCheckTimeoutSeconds: 5,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 2,
      TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
    },
  };
}

/** Returns the action that divides requests among target groups by weight. */
export function forward(weights: Readonly<Record<string, number>>): object {
  const TargetGroups = Object.entries(weights).map(([id, Weight]) => ({ TargetGroupArn: ref(id), Weight }));
  return { Type: 'forward', ForwardConfig: { TargetGroups } };
}

export function listener(port: number, action: object): Resource {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: ref('LoadBalancer'),
      Port: port,
      Protocol: 'HTTP',
      DefaultActions: [action],
    },
  };
}

/** Returns an alarm on the share of a target's requests that its target groups answer with a 5xx. */
export function errorAlarm(target: object, groups: readonly string[]): Resource {
  const names = { errors: 'HTTPCode_Target_5XX_Count', requests: 'RequestCount' };
  const dimensions = groups.map((group) => [
    { Name: 'TargetGroup', Value: attribute(group, 'TargetGroupFullName') },
    { Name: 'LoadBalancer', Value: attribute('LoadBalancer', 'LoadBalancerFullName') },
  ]);
  return shareAlarm(target, { Namespace: 'AWS/ApplicationELB', ...names, dimensions });
}

interface Counts {
  readonly Namespace: string;
  /** Names of the metrics. */
  readonly errors: string;
  readonly requests: string;
  /** Of each group whose requests count. */
  readonly dimensions: readonly (readonly object[])[];
}

/** Returns an alarm on the share of errors among the requests of all groups. */
export function shareAlarm(target: object, { Namespace, errors, requests, dimensions }: Counts): Resource {
  const metric = (id: string, MetricName: string) =>
    dimensions.map((Dimensions, index) => ({
      Id: `${id}${index}`,
      ReturnData: false,
      MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: 60, Stat: 'Sum' },
    }));
  const sum = (of: string) => dimensions.map((_, index) => `FILL(${of}${index}, 0)`).join(' + ');
  const all = dimensions.length === 1 ? 'requests0' : `(${sum('requests')})`;
  return alarmOn(target, [
    { Id: 'share', Expression: `100 * (${sum('errors')}) / ${all}`, ReturnData: true },
    ...metric('errors', errors),
    ...metric('requests', requests),
  ]);
}

/**
 * Returns an alarm on the number of a target group's 5xx, which is silent while no request fails. Its tag names no
 * target, so it starts nothing.
 */
export function countAlarm(group: string): Resource {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: 'More than five requests fail in a minute. Lastgood does not listen to it.',
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'HTTPCode_Target_5XX_Count',
      Dimensions: [
        { Name: 'TargetGroup', Value: attribute(group, 'TargetGroupFullName') },
        { Name: 'LoadBalancer', Value: attribute('LoadBalancer', 'LoadBalancerFullName') },
      ],
      Statistic: 'Sum',
      Period: 60,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 5,
      EvaluationPeriods: 2,
      DatapointsToAlarm: 2,
    },
  };
}

/** Returns an alarm of two minutes out of two, whose tag names the target. */
export function alarmOn(target: object, Metrics: readonly object[]): Resource {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: 'More than 5 % of the requests fail.',
      Metrics,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 5,
      EvaluationPeriods: 2,
      DatapointsToAlarm: 2,
      TreatMissingData: 'missing',
      Tags: tagList({ 'lastgood:target': target }),
    },
  };
}
