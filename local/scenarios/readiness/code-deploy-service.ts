import type { CreateDeploymentGroupInput } from '@aws-sdk/client-codedeploy';
import { openCodeDeployShop, type CodeDeployOptions, type CodeDeployShop } from '../ecs/code-deploy-shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Stage } from '../stage.ts';
import { PROTECTED } from './healthy-shop.ts';
import { denying } from './denied.ts';
import { readinessStories, type ReadinessStory } from './story.ts';

/** Settings with which CodeDeploy ends a bad deployment natively. */
const CAREFUL: Partial<CreateDeploymentGroupInput> = {
  autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
  alarmConfiguration: { enabled: true, alarms: PROTECTED.alarms.alarmNames.map((name) => ({ name })) },
};

/** Nothing but the task definition names the image: ECS keeps no digest for task sets. */
const BY_DIGEST = { byDigest: true };

/** Minutes of the soak, for which the old tasks live too. */
const SOAK_MINUTES = 5;

/** Opens the service with two releases that are both proven. */
async function openProvenShop(stage: Stage, options: CodeDeployOptions = {}): Promise<CodeDeployShop> {
  const shop = await openCodeDeployShop(stage, {
    tags: { 'lastgood:soak': String(SOAK_MINUTES) },
    keepsOldMinutes: SOAK_MINUTES,
    group: CAREFUL,
    firstHow: BY_DIGEST,
    ...options,
  });
  await shop.ended(shop.release('v2', {}, options.firstHow ?? BY_DIGEST));
  await stage.minutes(SOAK_MINUTES + 4);
  return shop;
}

function update(stage: Stage, change: Partial<CreateDeploymentGroupInput>): void {
  const names = { applicationName: 'shop', currentDeploymentGroupName: 'checkout' };
  stage.call('codedeploy', 'UpdateDeploymentGroup', { ...names, ...change });
}

const stories: readonly ReadinessStory<CodeDeployShop>[] = [
  {
    name: 'ecs-code-deploy-healthy',
    shows: 'CodeDeploy deploys the service, goes back natively, and keeps the old tasks: nothing is found',
    finds: [],
    ready: 'yes',
  },
  {
    name: 'ecs-code-deploy-rollback-off',
    shows: 'CodeDeploy does not roll back a deployment that fails',
    spoil: (stage) => update(stage, { autoRollbackConfiguration: { enabled: false } }),
    finds: ['breaker-off'],
    ready: 'yes',
  },
  {
    name: 'ecs-code-deploy-alarms-off',
    shows: 'no alarm stops a deployment',
    spoil: (stage) => update(stage, { alarmConfiguration: { enabled: false, alarms: [] } }),
    finds: ['deployment-alarms-off'],
    ready: 'yes',
  },
  {
    name: 'ecs-code-deploy-blue-ends-early',
    shows: 'the old tasks end as soon as the traffic has moved, so a way back must start new ones',
    spoil: (_, shop) => shop.keepOld(0),
    finds: ['blue-gone-at-once'],
    ready: 'yes',
  },
  {
    name: 'ecs-code-deploy-not-permitted',
    shows: 'the organization denies new deployments to the role: the simulation shows it',
    attached: denying('ecs', 'codedeploy:CreateDeployment'),
    finds: ['not-permitted'],
    ready: 'no',
  },
];

/** What a check finds on a service that CodeDeploy deploys. */
export const readinessCodeDeployService = [
  ...readinessStories(TARGET, (stage) => openProvenShop(stage), stories),
  ...readinessStories(TARGET, (stage) => openProvenShop(stage, { firstHow: {} }), [
    {
      name: 'ecs-code-deploy-image-unresolved',
      shows: 'the task definitions name their images by tags, and a new deployment resolves them anew',
      finds: ['image-unresolved', 'image-unresolved'],
      ready: 'yes',
    },
  ]),
  ...readinessStories(TARGET, (stage) => openProvenShop(stage, { groupTags: {} }), [
    {
      name: 'ecs-code-deploy-group-not-tagged',
      shows: 'the service consents, and its deployment group does not: there is no way back',
      finds: ['no-way-back'],
      ready: 'no',
    },
  ]),
];
