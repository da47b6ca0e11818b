import type { DescribeImagesResponse, ImageIdentifier } from '@aws-sdk/client-ecr';
import { ROLLING, type Shop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import { GOOD } from '../ecs/task-definitions.ts';
import type { Stage } from '../stage.ts';
import { openHealthyShop, PROTECTED } from './healthy-shop.ts';
import { readinessStories } from './story.ts';

function deregister(stage: Stage, { releases }: Shop, release: string): void {
  stage.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: releases[release] });
}

const inCheckout = (imageTag: string) => ({ repositoryName: 'checkout', imageIds: [{ imageTag }] });

function digestOf(stage: Stage, imageTag: string): string {
  const found = stage.call<DescribeImagesResponse>('ecr', 'DescribeImages', inCheckout(imageTag));
  return found.imageDetails?.[0]?.imageDigest ?? '';
}

function archive(stage: Stage, imageId: ImageIdentifier): void {
  const input = { repositoryName: 'checkout', imageId, targetStorageClass: 'ARCHIVE' };
  stage.call('ecr', 'UpdateImageStorageClass', input);
}

/** Lets a repository keep so few images. */
function keepOnly(stage: Stage, countNumber: number): void {
  const selection = { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber };
  const lifecyclePolicyText = JSON.stringify({
    rules: [{ rulePriority: 1, description: 'keeps few', selection, action: { type: 'expire' } }],
  });
  stage.call('ecr', 'PutLifecyclePolicy', { repositoryName: 'checkout', lifecyclePolicyText });
}

function configure(shop: Shop, deploymentConfiguration: object): void {
  shop.update({ deploymentConfiguration: { ...ROLLING, ...PROTECTED, ...deploymentConfiguration } });
}

/** Gives every target group this deregistration delay. */
function drain(stage: Stage, seconds: number): void {
  const { TargetGroups } = stage.call<{ TargetGroups?: { TargetGroupArn?: string }[] }>(
    'elb',
    'DescribeTargetGroups',
    {},
  );
  for (const { TargetGroupArn } of TargetGroups ?? [])
    stage.call('elb', 'ModifyTargetGroupAttributes', {
      TargetGroupArn,
      Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: String(seconds) }],
    });
}

/** Deploys a third release, and lets it be proven. */
async function releaseThird(stage: Stage, shop: Shop, how: Parameters<Shop['release']>[2]): Promise<void> {
  shop.release('v3', {}, how);
  await shop.deployed();
  await stage.minutes(9);
}

/** What a check finds on a service of ECS's own controller. */
export const readinessEcs = readinessStories(TARGET, (stage) => openHealthyShop(stage), [
  {
    name: 'ecs-healthy',
    shows: 'two proven releases, and everything is as it should be: nothing is found',
    finds: [],
    ready: 'yes',
    also: ({ score, way, estimate }) =>
      score === 100 && way?.to === 'checkout:1' && (estimate?.deployments ?? 0) > 0
        ? null
        : JSON.stringify({ score, way, estimate }),
  },
  {
    name: 'ecs-definition-inactive',
    shows: 'the only proven task definition was deregistered: there is no way back',
    spoil: (stage, shop) => deregister(stage, shop, 'v1'),
    finds: ['no-way-back', 'definition-inactive'],
    ready: 'no',
  },
  {
    name: 'ecs-definition-inactive-running',
    shows: 'the running task definition was deregistered: the next release has no way back',
    spoil: (stage, shop) => deregister(stage, shop, 'v2'),
    finds: ['definition-inactive'],
    ready: 'yes',
  },
  {
    name: 'ecs-image-gone',
    shows: 'the image of the only proven release was deleted: there is no way back',
    spoil: (stage) => stage.call('ecr', 'BatchDeleteImage', inCheckout('v1')),
    finds: ['no-way-back', 'image-gone'],
    ready: 'no',
  },
  {
    name: 'ecs-image-archived',
    shows: 'the image of the only proven release was archived: it cannot be pulled',
    spoil: (stage) => archive(stage, { imageTag: 'v1' }),
    finds: ['no-way-back', 'image-archived'],
    ready: 'no',
  },
  {
    name: 'ecs-image-expiring',
    shows: 'the lifecycle policy keeps one image: the preview shows that the way back is next',
    spoil: (stage) => keepOnly(stage, 1),
    finds: ['image-expiring'],
    ready: 'yes',
  },
  {
    name: 'ecs-image-kept',
    shows: 'the lifecycle policy keeps two images, which are all: nothing is found',
    spoil: (stage) => keepOnly(stage, 2),
    finds: [],
  },
  {
    name: 'ecs-image-moved',
    shows: 'the tag of the way back was pushed again: it would bring back another image',
    spoil: (stage) => void stage.world.ecr.push('checkout', 'v1', GOOD),
    finds: ['image-moved'],
    ready: 'yes',
  },
  {
    name: 'ecs-image-unresolved',
    shows: 'the running release opted out of version consistency: nothing names its image',
    spoil: (stage, shop) => releaseThird(stage, shop, { unpinned: true }),
    finds: ['image-unresolved'],
  },
  {
    name: 'ecs-image-elsewhere',
    shows: 'the running release comes from a public registry, which Lastgood may not read',
    spoil: (stage, shop) => releaseThird(stage, shop, { public: 'public.ecr.aws/shop/checkout:v3' }),
    finds: ['image-elsewhere'],
  },
  {
    name: 'ecs-image-vulnerable',
    shows: 'a scan of the way back found a critical vulnerability',
    spoil: (stage) => stage.world.ecr.scan('checkout', digestOf(stage, 'v1'), { CRITICAL: 1, LOW: 7 }),
    finds: ['image-vulnerable'],
  },
  {
    name: 'ecs-image-scanned',
    shows: 'a scan of the way back found nothing grave: nothing is found',
    spoil: (stage) => stage.world.ecr.scan('checkout', digestOf(stage, 'v1'), { LOW: 7 }),
    finds: [],
  },
  {
    name: 'ecs-breaker-off',
    shows: 'the service has no circuit breaker',
    spoil: (_, shop) => configure(shop, { deploymentCircuitBreaker: { enable: false, rollback: false } }),
    finds: ['breaker-off'],
  },
  {
    name: 'ecs-deployment-alarms-off',
    shows: 'no alarm watches the deployments',
    spoil: (_, shop) => configure(shop, { alarms: { enable: false, rollback: false, alarmNames: [] } }),
    finds: ['deployment-alarms-off'],
  },
  {
    name: 'ecs-no-room',
    shows: 'the percentages allow neither to stop a task nor to start another',
    spoil: (_, shop) => configure(shop, { minimumHealthyPercent: 100, maximumPercent: 120 }),
    finds: ['no-room-to-deploy'],
    ready: 'no',
  },
  {
    name: 'ecs-downtime-allowed',
    shows: 'ECS may stop every task before the way back has started one',
    spoil: (_, shop) => configure(shop, { minimumHealthyPercent: 0 }),
    finds: ['downtime-allowed'],
  },
  {
    name: 'ecs-grace-misfit',
    shows: 'failing tasks are not looked at for an hour, longer than a way back may take',
    spoil: (_, shop) => shop.update({ healthCheckGracePeriodSeconds: 3600 }),
    finds: ['grace-misfit'],
  },
  {
    name: 'ecs-drain-none',
    shows: 'the target group drains no requests: going back cuts them off',
    spoil: (stage) => drain(stage, 0),
    finds: ['drain-none'],
  },
]);
