import type { GetDeploymentOutput } from '@aws-sdk/client-codedeploy';
import { BUNDLES, type Stage } from '../stage.ts';
import type { Scenario } from '../scenario.ts';
import {
  bundleKey,
  FLEET,
  GOOD,
  groupNow,
  isDeploying,
  openDeploymentGroup,
  runs,
} from './deployment-group.ts';

const FAULTY = { errorRate: 0.4 };
const ONE_BY_ONE = { instances: 4, config: 'OneAtATime' };

/**
 * Deployments that CodeDeploy calls succeeded although their last instance failed, as OneAtATime allows.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
 */
export const codedeployMissed: readonly Scenario[] = [
  {
    name: 'codedeploy-missed-before',
    shows:
      'nothing is proven, and the release before the bad one never came to every instance: the one before that comes back',
    target: FLEET,
    async play(stage) {
      const group = await openDeploymentGroup(stage, {
        ...ONE_BY_ONE,
        tags: { 'lastgood:soak': '600' },
        proven: false,
      });
      group.release('v2');
      await failLast(stage, 'v2');
      // A release within ten minutes of another one may be its fix.
      await stage.minutes(11);
      group.release('v3', FAULTY, { deploymentConfigName: 'CodeDeployDefault.HalfAtATime' });
      await group.deployed();
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['CreateDeployment'],
      also: (stage) => runs(stage, 'v1'),
    },
  },
  {
    name: 'codedeploy-missed-on-the-way-back',
    shows:
      'CodeDeploy calls the way back succeeded, with one instance that failed: it is not healthy, and a person is notified',
    target: FLEET,
    async play(stage) {
      const group = await openDeploymentGroup(stage, ONE_BY_ONE);
      group.release('v2', FAULTY, { deploymentConfigName: 'CodeDeployDefault.HalfAtATime' });
      await stage.until('the way back was started', () =>
        stage.journal.writes().includes('CreateDeployment'),
      );
      await failLast(stage, 'v1');
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-dirty',
      // The load balancer had already removed the instance that failed.
      served: true,
      writes: ['CreateDeployment'],
      because: /succeeded, but has not brought checkout-v1\.zip to 1 of its instances/,
    },
  },
];

/** Lets the last instance of the deployment in progress fail to validate the bundle. */
export async function failLast(stage: Stage, name: string): Promise<void> {
  const overview = () => {
    const { deploymentId } = groupNow(stage).lastAttemptedDeployment ?? {};
    const { deploymentInfo } = stage.call<GetDeploymentOutput>('codedeploy', 'GetDeployment', {
      deploymentId,
    });
    return deploymentInfo?.deploymentOverview;
  };
  await stage.until('three instances have it', () => overview()?.Succeeded === 3);
  stage.world.bundles.put(BUNDLES, bundleKey(name), { ...GOOD, validateService: 'fails' });
  stage.journal.note('the last instance fails to install it');
  await stage.until('the deployment is over', () => !isDeploying(stage));
}
