import {
  bundleKey,
  FLEET as DEPLOYMENT_GROUP,
  type DeploymentGroupOptions,
  openDeploymentGroup,
  rollsBackOn,
} from '../codedeploy/deployment-group.ts';
import { openFleet, QUICK_ALARM, TARGET as FLEET } from '../asg/fleet.ts';
import { openShop, ROLLING } from '../ecs/shop.ts';
import { TARGET as SERVICE } from '../ecs/target.ts';
import type { Rollback } from '../../../src/rollback/document.ts';
import { rollbacksIn } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import { BUNDLES, type Stage } from '../stage.ts';

/** Waits until the rollback of the release is over, and then lets a dependency of every revision fail. */
async function outage(stage: Stage): Promise<void> {
  await stage.aftermath();
  await stage.minutes(12);
  const before = rollbacksIn(stage.runtime).length;
  stage.traffic.failAll(0.4);
  stage.journal.note('a dependency of all revisions fails');
  await stage.until('the alarm has started a rollback', () => rollbacksIn(stage.runtime).length > before);
  await stage.aftermath();
}

/** Checks the whole answer, sentence by sentence: each is read at night, and must be true. */
function says(...wanted: readonly string[]): (stage: Stage) => string | null {
  return ({ runtime }) => {
    const { verdict } = rollbacksIn(runtime).at(-1)?.states.at(-1)?.input as Rollback;
    const reasons = verdict?.reasons ?? [];
    return reasons.join('\n') === wanted.join('\n') ? null : `the reasons are ${reasons.join(' | ')}`;
  };
}

function left(by: string, what: string, to: string, ...more: readonly string[]): Scenario['ends'] {
  return {
    outcome: 'skipped',
    served: false,
    writes: [],
    because: new RegExp(`^${by} already rolled the newest ${what} back to ${to}$`),
    also: says(
      `${by} already rolled the newest ${what} back to ${to}.`,
      ...more,
      `A rollback brought back ${to}, and a rollback is never rolled back automatically.`,
    ),
  };
}

/** Outages that come after AWS went back natively. */
export const outages: readonly Scenario[] = [
  {
    name: 'ecs-outage-after-native-rollback',
    shows:
      'the circuit breaker went back natively, and an outage comes later: it is left alone, in true sentences',
    target: SERVICE,
    follows: 'last',
    async play(stage) {
      const deployment = { ...ROLLING, deploymentCircuitBreaker: { enable: true, rollback: true } };
      const shop = await openShop(stage, { deployment });
      shop.release('v2', { exitsAfterSeconds: 5, exitCode: 1 });
      await outage(stage);
    },
    // Of the native rollback, which Lastgood joined.
    ends: { ...left('ECS', 'deployment', 'checkout:1'), cause: 'crash' },
  },
  {
    name: 'codedeploy-outage-after-native-rollback',
    shows: 'CodeDeploy went back natively, and an outage comes later: it is left alone, in true sentences',
    target: DEPLOYMENT_GROUP,
    follows: 'last',
    async play(stage) {
      const group = await openDeploymentGroup(stage, { settings: rollsBackOn('DEPLOYMENT_FAILURE') });
      group.release('v2', { validateService: 'fails' });
      await outage(stage);
    },
    ends: left('CodeDeploy', 'deployment', 'checkout-v1.zip'),
  },
  {
    name: 'asg-outage-after-native-rollback',
    shows: 'Auto Scaling went back natively, and an outage comes later: it is left alone, in true sentences',
    target: FLEET,
    follows: 'last',
    async play(stage) {
      const fleet = await openFleet(stage);
      const AlarmSpecification = { Alarms: [QUICK_ALARM] };
      fleet.release(
        { errorRate: 0.5 },
        {
          preferences: {
            MaxHealthyPercentage: 125,
            InstanceWarmup: 240,
            AutoRollback: true,
            AlarmSpecification,
          },
        },
      );
      await outage(stage);
    },
    ends: left(
      'Auto Scaling',
      'instance refresh',
      'web:1',
      'The deployment of web:1 is hardly the cause (5 %): web:1 had run for 22 minutes when the harm began.',
    ),
  },
  {
    name: 'ecs-restart-fails',
    shows:
      'a deployment that only restarts the tasks of the proven revision fails: nothing is done, in true words',
    target: SERVICE,
    async play(stage) {
      const deployment = { ...ROLLING, deploymentCircuitBreaker: { enable: true, rollback: false } };
      const shop = await openShop(stage, { deployment });
      stage.world.ecs.quota.vcpus = 1;
      shop.update({ forceNewDeployment: true });
      stage.journal.note('an operator restarts the tasks');
      await stage.until('a rollback has begun', () => rollbacksIn(stage.runtime).length > 0);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'skipped', served: true, writes: [] },
      because: /^checkout:1 was only deployed again over itself, so there is nothing to go back from$/,
    },
  },
  {
    name: 'codedeploy-again-fails',
    shows: 'the proven version of a bundle is deployed again and fails: nothing is done, in true words',
    target: DEPLOYMENT_GROUP,
    play: againWithout({ versions: true }),
    ends: {
      ...{ outcome: 'skipped', served: true, writes: [] },
      because:
        /^checkout-v1\.zip \(\w+\) was only deployed again over itself, so there is nothing to go back from$/,
    },
  },
  {
    name: 'codedeploy-same-key-fails',
    shows:
      'the same, but the bundle is named by its key alone, under which it may be another one by now: it ends clean, in true words',
    target: DEPLOYMENT_GROUP,
    play: againWithout({}),
    ends: {
      ...{ outcome: 'failed-clean', served: true, writes: [] },
      because: /no other usable revision succeeded before the deployment of checkout-v1\.zip$/,
    },
  },
];

/** Deploys the proven bundle again when it is gone from S3, so that no instance gets it. */
function againWithout(options: DeploymentGroupOptions): Scenario['play'] {
  return async (stage) => {
    const group = await openDeploymentGroup(stage, options);
    group.again('v1');
    const [bundle] = stage.world.bundles.of(BUNDLES, bundleKey('v1'));
    stage.world.bundles.remove(BUNDLES, bundleKey('v1'), options.versions && bundle?.versionId);
    await stage.aftermath();
  };
}
