import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import type { Cause } from '../../../src/rollback/evidence.ts';
import type { Scenario } from '../scenario.ts';
import { openCodeDeployShop } from './code-deploy-shop.ts';
import { wentTo } from './endings.ts';
import { openExternalShop } from './external-shop.ts';
import { openProvenShop } from './proven-shop.ts';
import { openShop } from './shop.ts';
import { TARGET } from './target.ts';
import type { ReleaseOptions } from './task-definitions.ts';

/**
 * Releases whose tasks do not start, on services without a circuit breaker: ECS tries for ever, and its deployment never
 * fails.
 */
const TROUBLES: readonly (readonly [
  name: string,
  what: string,
  cause: Cause,
  behaviour: Partial<Behaviour>,
  how?: ReleaseOptions,
])[] = [
  ['image', 'the image was never pushed', 'image-pull', {}, { imageMissing: true }],
  ['crash', 'tasks exit as soon as they run', 'crash', { exitsAfterSeconds: 5, exitCode: 1 }],
  ['health', 'tasks run and answer no health check', 'health-check', { health: 'fails' }],
];

const stalls = TROUBLES.map(([name, what, cause, behaviour, how]): Scenario => ({
  name: `ecs-stalled-${name}`,
  shows: `${what}, and no circuit breaker watches: an event hints at the stalled deployment, which is stopped`,
  target: TARGET,
  async play(stage) {
    const shop = await openProvenShop(stage);
    shop.release('v3', behaviour, how);
    await stage.aftermath(20);
  },
  ends: {
    cause,
    outcome: 'rolled-back',
    served: true,
    writes: ['StopServiceDeployment'],
    executions: 1,
    also: (stage) => wentTo(stage, 'checkout:2'),
  },
}));

/** Returns whether an event of ECS is about tasks or a service, and not about a deployment's end. */
const isHint = ({ source, 'detail-type': type }: { source: string; 'detail-type': string }): boolean =>
  source === 'aws.ecs' && type !== 'ECS Deployment State Change';

/** Stalled deployments that either the events or the sweep cannot find. */
const partlyBlind: readonly Scenario[] = [
  {
    name: 'ecs-stalled-events-lost',
    shows: 'every event about tasks is lost: the sweep finds the stalled deployment',
    target: TARGET,
    async play(stage) {
      const shop = await openProvenShop(stage);
      stage.runtime.bus.lose(isHint);
      shop.release('v3', { exitsAfterSeconds: 5, exitCode: 1 });
      await stage.aftermath(20);
    },
    ends: {
      cause: 'crash',
      outcome: 'rolled-back',
      served: true,
      writes: ['StopServiceDeployment'],
      executions: 1,
      also: (stage) => wentTo(stage, 'checkout:2'),
    },
  },
  {
    name: 'ecs-stalled-sweep-fails',
    shows: 'the sweep cannot list the tagged targets: the events alone find the stalled deployment',
    target: TARGET,
    async play(stage) {
      const shop = await openProvenShop(stage);
      const error = new AwsError('InternalServiceException', 'try again later');
      stage.runtime.wire.disturb.fail({ service: 'tagging', operation: 'GetResources', error }, Infinity);
      shop.release('v3', { exitsAfterSeconds: 5, exitCode: 1 });
      await stage.aftermath(20);
    },
    ends: {
      cause: 'crash',
      outcome: 'rolled-back',
      served: true,
      writes: ['StopServiceDeployment'],
      executions: 1,
      also: (stage) => wentTo(stage, 'checkout:2'),
    },
  },
];

/** Deployment types without a circuit breaker. */
const otherTypes: readonly Scenario[] = [
  {
    name: 'ecs-stalled-blue-green',
    shows: 'blue/green, and green never starts: the deployment is stopped before any traffic meets it',
    target: TARGET,
    async play(stage) {
      const deployment = { strategy: 'BLUE_GREEN' as const, bakeTimeInMinutes: 5 };
      const shop = await openShop(stage, { twoGroups: true, deployment });
      shop.release('v2', { exitsAfterSeconds: 5, exitCode: 1 });
      await stage.aftermath(30);
    },
    ends: {
      cause: 'crash',
      outcome: 'rolled-back',
      served: true,
      writes: ['StopServiceDeployment'],
      executions: 1,
    },
  },
  {
    name: 'ecs-stalled-code-deploy',
    shows: 'CodeDeploy waits for a task set that never starts: it is stopped, and goes back natively',
    target: TARGET,
    async play(stage) {
      const shop = await openCodeDeployShop(stage);
      shop.release('v2', {}, { imageMissing: true });
      await stage.aftermath(30);
    },
    ends: {
      cause: 'image-pull',
      outcome: 'rolled-back',
      served: true,
      writes: ['StopDeployment'],
      executions: 1,
    },
  },
  {
    name: 'ecs-stalled-external',
    shows:
      'the task set of an external tool never starts: the old one keeps all the traffic, so nothing is rolled back',
    target: TARGET,
    async play(stage) {
      const shop = await openExternalShop(stage);
      shop.begin('v2', { exitsAfterSeconds: 5, exitCode: 1 });
      await stage.aftermath(30);
    },
    ends: { outcome: 'skipped', served: true, writes: [], because: /has no traffic/ },
  },
];

export const stalled: readonly Scenario[] = [...stalls, ...otherTypes, ...partlyBlind];
