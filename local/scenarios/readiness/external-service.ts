import type { DescribeListenersOutput, DescribeRulesOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { openExternalShop, type ExternalOptions, type ExternalShop } from '../ecs/external-shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Stage } from '../stage.ts';
import { loadBalancerOf } from './blue-green.ts';
import { denying } from './denied.ts';
import { readinessStories, type ReadinessStory } from './story.ts';

const PROVING_MINUTES = 9;

/** Nothing but the task definition names the image: ECS keeps no digest for task sets. */
const BY_DIGEST = { byDigest: true };

/** Opens the service with two releases that are both proven. The task set of the first one stays. */
async function openProvenShop(stage: Stage, options: ExternalOptions = {}): Promise<ExternalShop> {
  const how = options.firstHow ?? BY_DIGEST;
  const shop = await openExternalShop(stage, { ...options, firstHow: how });
  await stage.minutes(PROVING_MINUTES);
  await shop.release('v2', {}, how);
  await stage.minutes(PROVING_MINUTES);
  return shop;
}

const stories: readonly ReadinessStory<ExternalShop>[] = [
  {
    name: 'ecs-external-healthy',
    shows: 'the task set before stands ready beside the one that serves: nothing is found',
    finds: [],
    ready: 'yes',
    also: ({ way }) => (way?.rung === 'switch-back' ? null : JSON.stringify(way)),
  },
  {
    name: 'ecs-external-task-set-gone',
    shows: 'the task set before was deleted: a new one would take over, and nothing is found',
    spoil: (_, shop) => shop.remove('v1'),
    finds: [],
    ready: 'yes',
    also: ({ way }) => (way?.rung === 'new-task-set' ? null : JSON.stringify(way)),
  },
  ...['ecs:UpdateServicePrimaryTaskSet', 'elasticloadbalancing:ModifyRule'].map(
    (action): ReadinessStory<ExternalShop> => ({
      name: `ecs-external-${action.endsWith('Rule') ? 'rule' : 'primary'}-not-permitted`,
      shows: `the organization denies ${action} to the role: the simulation shows it`,
      attached: denying('ecs', action),
      finds: ['not-permitted'],
      ready: 'no',
    }),
  ),
  {
    name: 'ecs-external-create-not-permitted',
    shows: 'the task set before was deleted, and the organization denies the role to create another',
    attached: denying('ecs', 'ecs:CreateTaskSet'),
    spoil: (_, shop) => shop.remove('v1'),
    finds: ['not-permitted'],
    ready: 'no',
  },
  {
    name: 'ecs-external-grow-not-permitted',
    shows: 'the task set before was scaled down, and the organization denies the role to scale it up',
    attached: denying('ecs', 'ecs:UpdateTaskSet'),
    spoil: (_, shop) => shop.scale('v1', 50),
    finds: ['not-permitted'],
    ready: 'no',
  },
  {
    name: 'ecs-external-grow-not-needed',
    shows: 'the role may not scale task sets up, and the one before is at full scale: nothing is found',
    attached: denying('ecs', 'ecs:UpdateTaskSet'),
    finds: [],
    ready: 'yes',
  },
  {
    name: 'ecs-external-sticky-too-long',
    shows: 'users stay on their task set for an hour, and a release is proven after five minutes',
    spoil: (stage) => stick(stage, 3600),
    finds: ['sticky-too-long', 'sticky-too-long'],
    ready: 'yes',
  },
  {
    name: 'ecs-external-sticky-short',
    shows: 'users stay on their task set for a minute, and the soak lasts five: nothing is found',
    spoil: (stage) => stick(stage, 60),
    finds: [],
    ready: 'yes',
  },
];

/** Lets the listener and its rule keep users on a target group. */
function stick(stage: Stage, DurationSeconds: number): void {
  const { Listeners = [] } = stage.call<DescribeListenersOutput>('elb', 'DescribeListeners', {
    LoadBalancerArn: loadBalancerOf(stage),
  });
  const TargetGroupStickinessConfig = { Enabled: true, DurationSeconds };
  for (const { ListenerArn, DefaultActions = [] } of Listeners) {
    const sticky = (actions: typeof DefaultActions) =>
      actions.map((action) => ({
        ...action,
        ForwardConfig: { ...action.ForwardConfig, TargetGroupStickinessConfig },
      }));
    stage.call('elb', 'ModifyListener', { ListenerArn, DefaultActions: sticky(DefaultActions) });
    const { Rules = [] } = stage.call<DescribeRulesOutput>('elb', 'DescribeRules', { ListenerArn });
    for (const { RuleArn, Actions = [] } of Rules.filter(({ IsDefault }) => IsDefault !== true))
      stage.call('elb', 'ModifyRule', { RuleArn, Actions: sticky(Actions) });
  }
}

/** What a check finds on a service whose task sets a tool makes. */
export const readinessExternalService = [
  ...readinessStories(TARGET, (stage) => openProvenShop(stage), stories),
  ...readinessStories(TARGET, (stage) => openProvenShop(stage, { firstHow: {} }), [
    {
      name: 'ecs-external-image-unresolved',
      shows: 'the task definitions name their images by tags, and new tasks resolve them anew',
      finds: ['image-unresolved', 'image-unresolved'],
      ready: 'yes',
    },
  ]),
  ...readinessStories(TARGET, (stage) => openProvenShop(stage, { partTags: {} }), [
    {
      name: 'ecs-external-rule-not-tagged',
      shows: 'the service consents, and its listener does not: there is no way back',
      finds: ['no-way-back'],
      ready: 'no',
    },
  ]),
];
