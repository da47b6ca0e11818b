import { bundleIn } from '../../fleet/bundles.ts';
import type { Deployment } from '../model.ts';
import type { Desk } from '../platform.ts';
import type { Run } from '../run.ts';
import { invalid } from '../errors.ts';
import { leastHealthy, type MinimumHealthy } from './configs.ts';
import { Crew, overviewOf, targetOf, type Member } from './crew.ts';
import type { Ground } from './ground.ts';
import { inPlaceSteps } from './lifecycle.ts';

/**
 * Deploys to the group's instances in place, a few at a time. Instances whose last deployment failed go first.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/instances-health.html
 */
export function startInPlace(ground: Ground, deployment: Deployment, desk: Desk): Run {
  const { settings } = deployment.group;
  const instances = ground.fleet
    .tagged(settings.ec2TagFilters ?? [])
    .toSorted((one, other) => Number(other.failed) - Number(one.failed));
  const crew = new Crew(ground.clock, instances);
  const healthy = leastHealthy(minimumOf(deployment), instances.length);

  const advance = (): void => {
    const slots = instances.length - healthy - crew.count('Failed') - crew.count('InProgress');
    crew.advance(slots, (instance) => inPlaceSteps(ground, deployment, instance), moved);
    judge(crew, desk);
  };
  const moved = (member: Member): void => {
    const { instance, status } = member;
    instance.failed = status === 'Failed';
    if (status === 'Succeeded') instance.installed = bundleOf(ground, deployment);
    advance();
  };

  if (instances.length === 0)
    desk.fail('NO_INSTANCES', 'The deployment failed because no instances were found.');
  else {
    advance();
    // One that may take no instance out of service fails: too few would stay healthy.
    judge(crew, desk);
  }
  return {
    stop: () => crew.stop(),
    proceed: () => {
      throw invalid('UnsupportedActionForDeploymentTypeException', 'An in-place deployment has no waits.');
    },
    targets: () => crew.members.map((member) => targetOf(deployment.id, member)),
    overview: () => overviewOf(crew.members),
  };
}

/** @throws Error for a configuration of another platform, which `checkDeployment` refuses */
function minimumOf({ configName, minimumHealthy }: Deployment): MinimumHealthy {
  if (minimumHealthy === null) throw new Error(`${configName} is no configuration for instances`);
  return minimumHealthy;
}

/** Ends when no instance is in progress: successful if some instance has the revision and none was left out. */
function judge(crew: Crew, desk: Desk): void {
  if (crew.count('InProgress') > 0) return;
  if (crew.count('Pending') === 0 && crew.count('Succeeded') > 0) {
    desk.succeed();
    return;
  }
  desk.fail(
    'HEALTH_CONSTRAINTS',
    'The overall deployment failed because too many individual instances failed deployment, too few healthy instances are available for deployment, or some instances in your deployment group are experiencing problems.',
  );
}

export function bundleOf({ bundles }: Ground, { revision }: Deployment) {
  return bundleIn(bundles.download(revision.s3Location));
}
