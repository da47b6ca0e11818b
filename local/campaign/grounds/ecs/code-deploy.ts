import type { GetDeploymentGroupOutput } from '@aws-sdk/client-codedeploy';
import { openCodeDeployShop, type CodeDeployOptions } from '../../../scenarios/ecs/code-deploy-shop.ts';
import type { CodeDeployShop } from '../../../scenarios/ecs/code-deploy-shop.ts';
import { TARGET } from '../../../scenarios/ecs/target.ts';
import type { Stage } from '../../../scenarios/stage.ts';
import { putAlarms } from '../../alarms.ts';
import type { Ground, Subject } from '../../ground.ts';
import type { Release } from '../../releases.ts';
import { canScale, countOf, releaseWith, retag, watchedAt } from './service.ts';

const IN_GROUP = { applicationName: 'shop', deploymentGroupName: 'checkout' };

/** How CodeDeploy shifts the traffic of a service, by strategy. */
const STRATEGIES: Readonly<Record<string, CodeDeployOptions>> = {
  'all-at-once': { keepsOldMinutes: 60 },
  'all-at-once-old-gone': { keepsOldMinutes: 0 },
  canary: { config: 'CodeDeployDefault.ECSCanary10Percent5Minutes', keepsOldMinutes: 10 },
  linear: { config: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes', keepsOldMinutes: 5 },
  'canary-goes-back': {
    config: 'CodeDeployDefault.ECSCanary10Percent15Minutes',
    keepsOldMinutes: 5,
    group: {
      alarmConfiguration: { enabled: true, alarms: [{ name: 'errors' }] },
      autoRollbackConfiguration: {
        enabled: true,
        events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
      },
    },
  },
};

/** Services that CodeDeploy deploys blue/green. */
export const codeDeploy: readonly Ground[] = Object.entries(STRATEGIES).map(([strategy, options]) => ({
  kind: 'ecs',
  controller: 'CODE_DEPLOY',
  strategy,
  open: async (stage, settings, first) => {
    let alarms: readonly string[] = [];
    const shop = await openCodeDeployShop(stage, {
      ...options,
      tags: settings.tags,
      desiredCount: settings.count,
      first: first.behaviour,
      putAlarms: (_, balancer) => {
        alarms = putAlarms(stage, settings, watchedAt(balancer), TARGET);
      },
      settlesMinutes: 1,
    });
    return subjectOf(stage, shop, alarms, first);
  },
}));

function subjectOf(stage: Stage, shop: CodeDeployShop, alarms: readonly string[], first: Release): Subject {
  return {
    target: TARGET,
    alarms,
    deploy: ({ name, behaviour }) => {
      if (name in shop.releases) shop.putBack(name);
      else shop.release(name, behaviour);
    },
    releaseOf: (revision) => releaseWith(Object.entries(shop.releases), revision),
    tag: (tags) => retag(stage, tags),
    capacity: () => countOf(stage),
    can: {
      ...canScale(stage),
      abort: () => abort(stage),
      'lose-first': () =>
        stage.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: shop.releases[first.name] }),
    },
  };
}

/** Stops the newest deployment, so that CodeDeploy goes back. One that is over refuses. */
function abort(stage: Stage): void {
  const { deploymentGroupInfo } = stage.call<GetDeploymentGroupOutput>(
    'codedeploy',
    'GetDeploymentGroup',
    IN_GROUP,
  );
  const { deploymentId } = deploymentGroupInfo?.lastAttemptedDeployment ?? {};
  stage.call('codedeploy', 'StopDeployment', { deploymentId, autoRollbackEnabled: true });
}
