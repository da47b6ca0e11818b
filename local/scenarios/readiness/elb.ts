import type { AutoScalingGroupsType } from '@aws-sdk/client-auto-scaling';
import { openTwoGroups, type TwoGroups, type TwoGroupsOptions } from '../elb/two-groups.ts';
import type { Stage } from '../stage.ts';
import { denying } from './denied.ts';
import { readinessStories, type ReadinessStory } from './story.ts';

/** Opens both groups with a release on each that is proven: blue is the way back of green. */
async function openProvenGroups(stage: Stage, options: TwoGroupsOptions = {}): Promise<TwoGroups> {
  const groups = await openTwoGroups(stage, options);
  await groups.start('green');
  groups.weigh({ blue: 0, green: 100 });
  await groups.soak();
  return groups;
}

function tagGroup(stage: Stage, { targetGroups }: TwoGroups, Value: string): void {
  const Tags = [{ Key: 'lastgood:group', Value }];
  stage.call('elb', 'AddTags', { ResourceArns: [targetGroups.blue], Tags });
}

function forward(stage: Stage, { arn, targetGroups }: TwoGroups, stickySeconds: number): void {
  const ForwardConfig = {
    TargetGroups: [
      { TargetGroupArn: targetGroups.blue, Weight: 0 },
      { TargetGroupArn: targetGroups.green, Weight: 100 },
    ],
    TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: stickySeconds },
  };
  stage.call('elb', 'ModifyRule', { RuleArn: arn, Actions: [{ Type: 'forward', ForwardConfig }] });
}

/** Ends blue's instances while none can be launched. */
function endBlue(stage: Stage): void {
  const AutoScalingGroupName = 'shop-blue';
  stage.call('autoscaling', 'SuspendProcesses', { AutoScalingGroupName, ScalingProcesses: ['Launch'] });
  const { AutoScalingGroups = [] } = stage.call<AutoScalingGroupsType>(
    'autoscaling',
    'DescribeAutoScalingGroups',
    { AutoScalingGroupNames: [AutoScalingGroupName] },
  );
  for (const { InstanceId } of AutoScalingGroups[0]?.Instances ?? []) {
    const input = { InstanceId, ShouldDecrementDesiredCapacity: false };
    stage.call('autoscaling', 'TerminateInstanceInAutoScalingGroup', input);
  }
}

const stories: readonly ReadinessStory<TwoGroups>[] = [
  {
    name: 'elb-healthy',
    shows: 'both sides are on the rule, full and alike: nothing is found',
    finds: [],
    ready: 'yes',
    also: ({ score, way }) =>
      score === 100 && way?.to === 'shop-blue' ? null : JSON.stringify({ score, way }),
  },
  {
    name: 'elb-side-detached',
    shows: 'the pipeline took the old side off the rule',
    spoil: (_, groups) => groups.weigh({ green: 100 }),
    finds: ['no-way-back', 'side-detached'],
    ready: 'no',
  },
  {
    name: 'elb-side-grows',
    shows: 'the old side was scaled in, and can grow again',
    spoil: (_, groups) => groups.resize('blue', 1),
    finds: ['side-grows'],
    ready: 'yes',
  },
  {
    name: 'elb-side-unhealthy',
    shows: 'the instances of the old side ended, and its group cannot launch others',
    spoil: async (stage) => {
      endBlue(stage);
      await stage.minutes(3);
    },
    finds: ['side-unhealthy', 'side-cannot-grow'],
    ready: 'no',
  },
  {
    name: 'elb-side-cannot-grow',
    shows: 'the tag of the old side names an Auto Scaling group that there is not',
    spoil: (stage, groups) => tagGroup(stage, groups, 'shop-gray'),
    finds: ['side-cannot-grow'],
    ready: 'yes',
  },
  {
    name: 'elb-checks-differ',
    shows: 'the old side is asked for another page than the new one',
    spoil: (stage, { targetGroups }) =>
      stage.call('elb', 'ModifyTargetGroup', {
        TargetGroupArn: targetGroups.blue,
        HealthCheckPath: '/ping',
      }),
    finds: ['checks-differ'],
    ready: 'yes',
  },
  {
    name: 'elb-sticky-too-long',
    shows: 'users stay on their side for an hour, and the soak lasts five minutes',
    spoil: (stage, groups) => forward(stage, groups, 3600),
    finds: ['sticky-too-long'],
    ready: 'yes',
  },
  {
    name: 'elb-sticky-short',
    shows: 'users stay on their side for a minute, and the soak lasts five: nothing is found',
    spoil: (stage, groups) => forward(stage, groups, 60),
    finds: [],
    ready: 'yes',
  },
  {
    name: 'elb-drain-none',
    shows: 'the running side cuts the requests in flight of every target that leaves',
    spoil: (stage, { targetGroups }) => {
      const Attributes = [{ Key: 'deregistration_delay.timeout_seconds', Value: '0' }];
      const TargetGroupArn = targetGroups.green;
      stage.call('elb', 'ModifyTargetGroupAttributes', { TargetGroupArn, Attributes });
    },
    finds: ['drain-none'],
    ready: 'yes',
  },
  {
    name: 'elb-controller',
    shows: 'the AWS Load Balancer Controller owns the rule and would restore its weights',
    spoil: (stage, { arn }) => {
      const Tags = [{ Key: 'elbv2.k8s.aws/cluster', Value: 'prod' }];
      stage.call('elb', 'AddTags', { ResourceArns: [arn], Tags });
    },
    finds: ['no-way-back'],
    ready: 'no',
  },
  {
    name: 'elb-not-permitted',
    shows: 'the organization denies the role to change rules: the simulation shows it',
    attached: denying('elb', 'elasticloadbalancing:ModifyRule'),
    finds: ['not-permitted'],
    ready: 'no',
  },
];

/** The ARN of the rule differs from seed to seed. */
export const readinessElb = readinessStories(
  ({ target }) => target,
  (stage) => openProvenGroups(stage),
  stories,
);
