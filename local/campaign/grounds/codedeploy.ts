import type { CreateDeploymentGroupInput } from '@aws-sdk/client-codedeploy';
import { arn } from '@lastgood/embedded-aws/world/aws.ts';
import type { Bundle } from '@lastgood/embedded-aws/world/fleet/bundles.ts';
import {
  blueGreen,
  bundleKey,
  FLEET,
  groupNow,
  openDeploymentGroup,
  rollsBackOn,
  type DeploymentGroup,
} from '../../scenarios/codedeploy/deployment-group.ts';
import { BUNDLES, type Stage } from '../../scenarios/stage.ts';
import { behindBalancer, putAlarms } from '../alarms.ts';
import type { Ground, Subject } from '../ground.ts';
import type { Release } from '../releases.ts';

interface Strategy {
  readonly config?: 'AllAtOnce' | 'HalfAtATime' | 'OneAtATime';
  /** A configuration of the user's own, which keeps at least so many instances in service. */
  readonly keeps?: number;
  /** Half of one instance cannot be deployed to: one must stay healthy. */
  readonly leastInstances?: number;
  readonly settings?: Partial<CreateDeploymentGroupInput>;
  /** The bundles' ValidateService script checks their health. */
  readonly isValidated?: true;
}

const WATCHED = { alarmConfiguration: { enabled: true, alarms: [{ name: 'errors' }] } };

/** How CodeDeploy deploys to instances, by strategy. */
const STRATEGIES: Readonly<Record<string, Strategy>> = {
  'all-at-once': { config: 'AllAtOnce' },
  'all-at-once-watched': { config: 'AllAtOnce', settings: WATCHED },
  'keeps-none': { keeps: 0 },
  'half-at-a-time': { config: 'HalfAtATime', leastInstances: 2 },
  'half-at-a-time-validated': { config: 'HalfAtATime', leastInstances: 2, isValidated: true },
  'one-at-a-time': { config: 'OneAtATime' },
  'one-at-a-time-goes-back': {
    config: 'OneAtATime',
    settings: { ...WATCHED, ...rollsBackOn('DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM') },
    isValidated: true,
  },
  'blue-green': { settings: blueGreen(60) },
  'blue-green-old-gone': { settings: blueGreen(0) },
};

/** Deployment groups on instances behind a load balancer. */
export const grounds: readonly Ground[] = Object.entries(STRATEGIES).map(([strategy, how]) => ({
  kind: 'codedeploy',
  controller: 'CODE_DEPLOY',
  strategy,
  open: async (stage, settings, first) => {
    let alarms: readonly string[] = [];
    const group = await openDeploymentGroup(stage, {
      tags: settings.tags,
      instances: Math.max(how.leastInstances ?? 1, settings.count),
      ...(how.config !== undefined && { config: how.config }),
      ...(how.keeps !== undefined && { keeps: how.keeps }),
      ...(how.settings !== undefined && { settings: how.settings }),
      proven: false,
      putAlarms: (_, { loadBalancer, targetGroup }) => {
        alarms = putAlarms(stage, settings, behindBalancer(loadBalancer, [targetGroup]), FLEET);
      },
      first: first.behaviour,
    });
    return subjectOf(stage, group, alarms, first, how);
  },
}));

function subjectOf(
  stage: Stage,
  group: DeploymentGroup,
  alarms: readonly string[],
  first: Release,
  { isValidated }: Strategy,
): Subject {
  const uploaded = new Set([first.name]);
  return {
    target: FLEET,
    alarms,
    deploy: ({ name, behaviour }) => {
      const isThere = uploaded.has(name);
      uploaded.add(name);
      if (isThere) group.again(name);
      else group.release(name, isValidated === true ? validated(behaviour) : behaviour);
    },
    releaseOf: (revision) =>
      [...uploaded].find((name) => revision.startsWith(`s3://${BUNDLES}/${bundleKey(name)}?`)) ?? null,
    tag: (tags) => retag(stage, tags),
    can: {
      abort: () => abort(stage),
      drift: () =>
        stage.call('codedeploy', 'UpdateDeploymentGroup', {
          ...{ applicationName: 'checkout', currentDeploymentGroupName: 'fleet' },
          ...rollsBackOn('DEPLOYMENT_FAILURE'),
        }),
      'lose-first': () => stage.world.bundles.remove(BUNDLES, bundleKey(first.name)),
    },
  };
}

/** Returns a bundle whose ValidateService script fails where its health check would. It stays the same object beneath. */
function validated(behaviour: Bundle): Bundle {
  if (behaviour.health === 'passes') return behaviour;
  return Object.create(behaviour, { validateService: { value: 'fails', enumerable: true } }) as Bundle;
}

function retag(stage: Stage, tags: Readonly<Record<string, string>>): void {
  const ResourceArn = arn('codedeploy', 'deploymentgroup:checkout/fleet');
  const { Tags = [] } = stage.call<{ Tags?: readonly { readonly Key?: string }[] }>(
    ...(['codedeploy', 'ListTagsForResource', { ResourceArn }] as const),
  );
  const TagKeys = Tags.flatMap(({ Key }) => (Key?.startsWith('lastgood') === true ? [Key] : []));
  stage.call('codedeploy', 'UntagResource', { ResourceArn, TagKeys });
  const added = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  if (added.length > 0) stage.call('codedeploy', 'TagResource', { ResourceArn, Tags: added });
}

/** Stops the newest deployment, so that CodeDeploy goes back. One that is over refuses. */
function abort(stage: Stage): void {
  const { deploymentId } = groupNow(stage).lastAttemptedDeployment ?? {};
  stage.call('codedeploy', 'StopDeployment', { deploymentId, autoRollbackEnabled: true });
}
