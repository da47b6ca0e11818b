import type { CreateDeploymentGroupInput } from '@aws-sdk/client-codedeploy';
import {
  blueGreen,
  bundleKey,
  FLEET,
  openDeploymentGroup,
  rollsBackOn,
  WATCHED,
  type DeploymentGroup,
  type DeploymentGroupOptions,
} from '../codedeploy/deployment-group.ts';
import { ALIAS, openAlias } from '../codedeploy/alias.ts';
import { GROUP } from '../codedeploy/balancer.ts';
import { failLast } from '../codedeploy/missed.ts';
import { BUNDLES, type Stage } from '../stage.ts';
import { denying } from './denied.ts';
import { readinessStories, type ReadinessStory } from './story.ts';

/** Settings with which AWS itself goes back. */
const CAREFUL = { ...rollsBackOn('DEPLOYMENT_FAILURE'), ...WATCHED };

const names = { applicationName: 'checkout', currentDeploymentGroupName: 'fleet' };

/** Opens the group with two releases that are both proven: v1 is the way back of v2. */
async function openProvenGroup(stage: Stage, options: DeploymentGroupOptions = {}): Promise<DeploymentGroup> {
  const group = await openDeploymentGroup(stage, { settings: CAREFUL, ...options });
  // An alarm without data when the soak began makes it longer.
  await stage.minutes(10);
  group.release('v2');
  await group.deployed();
  await stage.minutes(9);
  return group;
}

function update(stage: Stage, change: Partial<CreateDeploymentGroupInput>): void {
  stage.call('codedeploy', 'UpdateDeploymentGroup', { ...names, ...change });
}

const stories: readonly ReadinessStory<DeploymentGroup>[] = [
  {
    name: 'codedeploy-healthy',
    shows: 'both bundles are on S3, and CodeDeploy watches its deployments: nothing is found',
    finds: [],
    ready: 'yes',
    also: ({ score, way }) =>
      score === 100 && way?.to === 'checkout-v1.zip' ? null : JSON.stringify({ score, way }),
  },
  {
    name: 'codedeploy-bundle-gone',
    shows: 'the bundle to go back to was deleted from S3',
    spoil: (stage) => stage.world.bundles.remove(BUNDLES, bundleKey('v1')),
    finds: ['no-way-back', 'bundle-gone'],
    ready: 'no',
  },
  {
    name: 'codedeploy-bundle-of-running-gone',
    shows: 'the bundle of the running release was deleted: the next release has no way back',
    spoil: (stage) => stage.world.bundles.remove(BUNDLES, bundleKey('v2')),
    finds: ['bundle-gone'],
    ready: 'yes',
  },
  {
    name: 'codedeploy-rollback-off',
    shows: 'CodeDeploy does not roll back a deployment that fails',
    spoil: (stage) => update(stage, { autoRollbackConfiguration: { enabled: false } }),
    finds: ['rollback-off'],
    ready: 'yes',
  },
  {
    name: 'codedeploy-deployment-alarms-off',
    shows: 'no alarm stops a deployment',
    spoil: (stage) => update(stage, { alarmConfiguration: { enabled: false, alarms: [] } }),
    finds: ['deployment-alarms-off'],
    ready: 'yes',
  },
  {
    name: 'codedeploy-all-at-once',
    shows: 'a deployment may take all instances out of service at once',
    spoil: (stage) => update(stage, { deploymentConfigName: 'CodeDeployDefault.AllAtOnce' }),
    finds: ['all-at-once'],
    ready: 'yes',
  },
  {
    name: 'codedeploy-drain-none',
    shows: 'the target group cuts the requests in flight of every instance that leaves',
    spoil: (stage) => {
      const { TargetGroups = [] } = stage.call<{ TargetGroups?: { TargetGroupArn?: string }[] }>(
        'elb',
        'DescribeTargetGroups',
        { Names: [GROUP] },
      );
      const Attributes = [{ Key: 'deregistration_delay.timeout_seconds', Value: '0' }];
      const [group] = TargetGroups;
      stage.call('elb', 'ModifyTargetGroupAttributes', { ...group, Attributes });
    },
    finds: ['drain-none'],
    ready: 'yes',
  },
  {
    name: 'codedeploy-bundle-unknown',
    shows: 'the stack names no bucket, so Lastgood may not look for the bundles',
    parameters: { RevisionBuckets: '' },
    finds: ['bundle-unknown', 'bundle-unknown'],
    ready: 'unknown',
  },
  {
    name: 'codedeploy-not-permitted',
    shows: 'the organization denies deployments to the role: the simulation shows it',
    attached: denying('codedeploy', 'codedeploy:CreateDeployment'),
    finds: ['not-permitted'],
    ready: 'no',
  },
];

/** Opens an alias that CodeDeploy shifts, with two releases that are both proven. */
async function openProvenAlias(stage: Stage): Promise<void> {
  const shop = await openAlias(stage, 'LambdaAllAtOnce', CAREFUL);
  shop.release();
  await shop.deployed();
  await stage.minutes(9);
}

/** Settings with which a deployment waits for an operator before it moves the traffic. */
function waiting(): Partial<CreateDeploymentGroupInput> {
  const settings = blueGreen(10);
  return {
    ...settings,
    blueGreenDeploymentConfiguration: {
      ...settings.blueGreenDeploymentConfiguration,
      deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: 600 },
    },
  };
}

const blue = (minutes: number) => ({ settings: { ...CAREFUL, ...blueGreen(minutes) } });

export const readinessCodedeploy = [
  ...readinessStories(FLEET, (stage) => openProvenGroup(stage), stories),
  ...readinessStories(FLEET, (stage) => openProvenGroup(stage, blue(0)), [
    {
      name: 'codedeploy-blue-ends-early',
      shows: 'the old instances end when the traffic has moved, before the release is proven',
      finds: ['blue-ends-early'],
      ready: 'yes',
    },
  ]),
  ...readinessStories(FLEET, (stage) => openProvenGroup(stage, blue(10)), [
    {
      name: 'codedeploy-blue-lives-on',
      shows: 'the old instances live on until the release is proven: nothing is found',
      finds: [],
      ready: 'yes',
    },
    {
      name: 'codedeploy-deployment-open',
      shows: 'a deployment waits for an operator since four hours',
      spoil: async (stage, group) => {
        update(stage, waiting());
        group.release('v3');
        await stage.minutes(250);
      },
      finds: ['deployment-open'],
      ready: 'yes',
    },
  ]),
  ...readinessStories(FLEET, (stage) => openProvenGroup(stage, { config: 'OneAtATime' }), [
    {
      name: 'codedeploy-instances-missed',
      shows: 'the last release did not reach its last instance, and CodeDeploy calls it succeeded',
      spoil: async (stage, group) => {
        group.release('v3');
        await failLast(stage, 'v3');
        await stage.minutes(9);
      },
      finds: ['instances-missed'],
      ready: 'yes',
    },
  ]),
  ...readinessStories(ALIAS, openProvenAlias, [
    {
      name: 'codedeploy-alias',
      shows: 'CodeDeploy shifts an alias of Lambda, and watches it: nothing is found',
      finds: [],
      ready: 'yes',
    },
  ]),
];
