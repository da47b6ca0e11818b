import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { arn } from '@lastgood/embedded-aws/world/aws.ts';
import { isServed } from '../scenarios/journal.ts';
import type { Stage } from '../scenarios/stage.ts';
import type { Releases } from './releases.ts';
import type { Settings } from './story.ts';

export type Scaling = NonNullable<Settings['scaling']>;

const NAMESPACE = 'Shop/Load';
const METRIC = 'Load';
const MINUTE_MS = 60_000;
/** Per cent of the capacity that the usual load takes. */
const USUAL = 40;
const WANTED = 70;
/**
 * Clients that fail try again, so that harm is load as well:
 * https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 */
const RETRIED = 2;
const ID = 'd4f0770c-b46e-434a-a60f-3b36d653feca';
const POLICY = arn('autoscaling', `scalingPolicy:${ID}:resource/shop:policyName/load`);

/** Alarms whose only actions are scaling policies. None is of those that call Lastgood. */
export const SCALING_ALARMS: Readonly<Record<Exclude<Scaling, 'none'>, string>> = {
  tracked: `TargetTracking-shop-AlarmHigh-${ID}`,
  steps: 'load-high',
  tagged: 'load-is-harm',
};

/**
 * Puts the alarm of a scaling policy on a target, and measures its load each minute. Target tracking names its alarms;
 * those of step scaling are the user's, and so are their tags.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html
 * https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-step-scaling-policies.html
 */
export function putScaling(
  stage: Stage,
  { scaling = 'none' }: Settings,
  target: string,
  releases: Pick<Releases, 'load'>,
): void {
  if (scaling === 'none') return;
  const Dimensions = Object.entries(dimensionsOf(target)).map(([Name, Value]) => ({ Name, Value }));
  const alarm: PutMetricAlarmInput = {
    ...{ AlarmName: SCALING_ALARMS[scaling], AlarmActions: [POLICY], Namespace: NAMESPACE },
    ...{ MetricName: METRIC, Dimensions, Statistic: 'Average', Period: 60, Threshold: WANTED },
    ...{ EvaluationPeriods: scaling === 'tracked' ? 3 : 1, ComparisonOperator: 'GreaterThanThreshold' },
    ...(scaling === 'tagged' && { Tags: [{ Key: 'lastgood:target', Value: target }] }),
  };
  stage.call('cloudwatch', 'PutMetricAlarm', alarm);
  const { clock } = stage.world;
  clock.every(MINUTE_MS, () => {
    const requests = releases.load * (isServed(stage.traffic) ? 1 : RETRIED);
    const datum = { MetricName: METRIC, Dimensions, Value: USUAL * requests };
    const Timestamp = new Date(clock.now() - MINUTE_MS);
    stage.call('cloudwatch', 'PutMetricData', {
      ...{ Namespace: NAMESPACE, MetricData: [{ ...datum, Timestamp }] },
    });
  });
}

/** Returns the dimensions by which Lastgood knows a target, where its kind has some. */
function dimensionsOf(target: string): Readonly<Record<string, string>> {
  const [kind = '', name = ''] = target.split(/:(.*)/);
  const [first = '', second = ''] = name.split('/');
  switch (kind) {
    case 'ecs':
      return { ClusterName: first, ServiceName: second };
    case 'asg':
      return { AutoScalingGroupName: name };
    case 'lambda':
      return { FunctionName: first, Resource: `${first}:${second}` };
    default:
      return { Target: kind };
  }
}
