import { ACCOUNT } from '@lastgood/embedded-aws/world/aws.ts';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { openCodeDeployShop } from './code-deploy-shop.ts';
import { wentTo } from './endings.ts';
import { openExternalShop } from './external-shop.ts';
import { openShop, type Shop, type ShopOptions } from './shop.ts';
import { TARGET } from './target.ts';
import { GOOD, type ReleaseOptions } from './task-definitions.ts';

/** Releases whose tasks do not come up, on services without a circuit breaker: ECS tries for ever and fails nothing. */
const TROUBLES: readonly (readonly [
  name: string,
  what: string,
  behaviour: Partial<Behaviour>,
  how?: ReleaseOptions,
])[] = [
  ['image', 'the image was never pushed', {}, { imageMissing: true }],
  ['crash', 'tasks exit as soon as they run', { exitsAfterSeconds: 5, exitCode: 1 }],
  ['health', 'tasks run and answer no health check', { health: 'fails' }],
];

/** Opens the shop with two releases that are both proven. */
async function openProven(stage: Stage, options: ShopOptions = {}): Promise<Shop> {
  const shop = await openShop(stage, options);
  shop.release('v2');
  await shop.deployed();
  await stage.minutes(9);
  return shop;
}

const stalls = TROUBLES.map(([name, what, behaviour, how]): Scenario => ({
  name: `ecs-stalled-${name}`,
  shows: `${what}, and no circuit breaker watches: what events hint at is looked at, and the stalled deployment is stopped`,
  target: TARGET,
  async play(stage) {
    const shop = await openProven(stage);
    shop.release('v3', behaviour, how);
    await stage.aftermath(20);
  },
  ends: {
    outcome: 'rolled-back',
    served: true,
    writes: ['StopServiceDeployment'],
    executions: 1,
    also: (stage) => wentTo(stage, 'checkout:2'),
  },
}));

/** What ECS says of tasks and services, other than that a deployment ended. */
const isHint = ({ source, 'detail-type': type }: { source: string; 'detail-type': string }): boolean =>
  source === 'aws.ecs' && type !== 'ECS Deployment State Change';

const mishaps: readonly Scenario[] = [
  {
    name: 'ecs-stalled-events-lost',
    shows: 'none of the events about tasks arrives: the sweep finds the stalled deployment',
    target: TARGET,
    async play(stage) {
      const shop = await openProven(stage);
      stage.runtime.bus.lose(isHint);
      shop.release('v3', { exitsAfterSeconds: 5, exitCode: 1 });
      await stage.aftermath(20);
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['StopServiceDeployment'],
      executions: 1,
      also: (stage) => wentTo(stage, 'checkout:2'),
    },
  },
  {
    name: 'ecs-stalled-sweep-fails',
    shows: 'the sweep cannot list what is opted in: the events alone find the stalled deployment',
    target: TARGET,
    async play(stage) {
      const shop = await openProven(stage);
      const error = new AwsError('InternalServiceException', 'try again later');
      stage.runtime.wire.disturb.fail({ service: 'tagging', operation: 'GetResources', error }, Infinity);
      shop.release('v3', { exitsAfterSeconds: 5, exitCode: 1 });
      await stage.aftermath(20);
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['StopServiceDeployment'],
      executions: 1,
      also: (stage) => wentTo(stage, 'checkout:2'),
    },
  },
];

const leftAlone: readonly Scenario[] = [
  {
    name: 'ecs-scale-out-unplaced',
    shows:
      'the service scales out and Fargate has no room: no deployment is in flight, so nothing is gone back from',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      stage.world.ecs.quota.vcpus = 1;
      shop.update({ desiredCount: 8 });
      stage.journal.note('the service is scaled out to 8 tasks, and there is room for 4');
      await stage.minutes(20);
    },
    ends: {
      outcome: 'none',
      served: true,
      writes: [],
      executions: 0,
      also: wasHintedAt('SERVICE_TASK_PLACEMENT_FAILURE'),
    },
  },
  {
    name: 'ecs-release-unplaced',
    shows: 'a release finds no room: that may not be its fault, so a person is asked, and it stays',
    target: TARGET,
    async play(stage) {
      const shop = await openProven(stage);
      stage.world.ecs.quota.vcpus = 1;
      shop.release('v3');
      await stage.aftermath(60);
    },
    ends: { outcome: 'skipped', served: true, writes: [], because: /No answer came/ },
  },
  {
    name: 'ecs-slow-release',
    shows:
      'the tasks of a good release take three minutes to come up, and the first ones fail to start: nothing is done',
    target: TARGET,
    async play(stage) {
      const shop = await openProven(stage);
      const slow = { ...GOOD, startSeconds: 180 };
      shop.release('v3', slow, { imageMissing: true });
      await stage.minutes(0.8);
      stage.world.ecr.push('checkout', 'v3', slow);
      stage.journal.note('the image of v3 is pushed, after its first tasks failed');
      await shop.deployed();
      await stage.minutes(5);
    },
    ends: {
      outcome: 'none',
      served: true,
      writes: [],
      executions: 0,
      also: (stage) => wasHintedAt('SERVICE_TASK_START_IMPAIRED')(stage) ?? wentTo(stage, 'checkout:3'),
    },
  },
  {
    name: 'ecs-release-in-a-blip',
    shows:
      'what a good release needs is away for 50 seconds, and its tasks exit: they come up after that, and nothing is done',
    target: TARGET,
    async play(stage) {
      const shop = await openProven(stage);
      shop.release('v3', { exitsAfterSeconds: 2, exitCode: 1 });
      await stage.minutes(1.2);
      mend(stage, 'v3');
      stage.journal.note('what v3 needs is back');
      await shop.deployed();
      await stage.minutes(5);
    },
    ends: {
      outcome: 'none',
      served: true,
      writes: [],
      executions: 0,
      also: (stage) => wentTo(stage, 'checkout:3'),
    },
  },
];

/** Other ways to deploy, none of which has a circuit breaker. */
const otherWays: readonly Scenario[] = [
  {
    name: 'ecs-stalled-blue-green',
    shows: 'blue/green, and green never comes up: it is stopped before any traffic meets it',
    target: TARGET,
    async play(stage) {
      const deployment = { strategy: 'BLUE_GREEN' as const, bakeTimeInMinutes: 5 };
      const shop = await openShop(stage, { twoGroups: true, deployment });
      shop.release('v2', { exitsAfterSeconds: 5, exitCode: 1 });
      await stage.aftermath(30);
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['StopServiceDeployment'], executions: 1 },
  },
  {
    name: 'ecs-stalled-code-deploy',
    shows: 'CodeDeploy waits for a task set that never comes up: it is stopped, and goes back natively',
    target: TARGET,
    async play(stage) {
      const shop = await openCodeDeployShop(stage);
      shop.release('v2', {}, { imageMissing: true });
      await stage.aftermath(30);
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['StopDeployment'], executions: 1 },
  },
  {
    name: 'ecs-stalled-external',
    shows:
      'the task set of an external tool never comes up: the old one keeps all the traffic, so nothing is gone back from',
    target: TARGET,
    async play(stage) {
      const shop = await openExternalShop(stage);
      shop.begin('v2', { exitsAfterSeconds: 5, exitCode: 1 });
      await stage.aftermath(30);
    },
    ends: { outcome: 'skipped', served: true, writes: [], because: /has no traffic/ },
  },
];

const waysBack: readonly Scenario[] = [
  {
    name: 'ecs-way-back-blocked',
    shows:
      'one task, and percentages that allow neither to stop it nor to start another: what ECS says of it is quoted',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { desiredCount: 1 });
      shop.release('v2', { errorRate: 0.4 });
      await shop.deployed();
      shop.update({ deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 134 } });
      await stage.aftermath(60);
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      writes: ['UpdateService'],
      because:
        /0 of 1 tasks run checkout:1.*ECS says: .*was unable to stop or start tasks during a deployment/,
    },
  },
  {
    name: 'ecs-way-back-unplaced',
    shows: 'Fargate has no room for the tasks of the way back: what ECS says of it is quoted',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', { errorRate: 0.4 });
      await shop.deployed();
      stage.world.ecs.quota.vcpus = 1;
      await stage.aftermath(60);
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      writes: ['UpdateService'],
      because: /ECS says: .*was unable to place a task/,
    },
  },
];

/** Null when a rule of ours took this event; else that none did. */
function wasHintedAt(eventName: string): (stage: Stage) => string | null {
  return ({ runtime }) => {
    const heard = runtime.bus.published.some(
      ({ event, rules }) => event.detail['eventName'] === eventName && rules.length > 0,
    );
    return heard ? null : `no rule took ${eventName}`;
  };
}

/** Tasks of the image that start from now on stay up. */
function mend(stage: Stage, tag: string): void {
  const found = stage.world.ecr.resolve(`${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/checkout:${tag}`);
  delete (found?.behaviour as { exitsAfterSeconds?: number }).exitsAfterSeconds;
}

export const stalled: readonly Scenario[] = [...stalls, ...otherWays, ...mishaps, ...leftAlone, ...waysBack];
