import { invalid } from '../errors.ts';
import type { Group } from '../model.ts';
import type { Platform } from '../platform.ts';
import { startBlueGreen } from './blue-green.ts';
import type { Ground } from './ground.ts';
import { startInPlace } from './in-place.ts';

/** Creates the EC2 platform: in place, or blue/green. A rollback deploys the last successful revision. */
export function serverPlatform(ground: Ground): Platform {
  return {
    checkGroup: (group) => checkGroup(group),
    checkDeployment: ({ revision, configName, minimumHealthy }) => {
      if (minimumHealthy === null)
        throw invalid(
          'DeploymentConfigDoesNotExistException',
          `No Deployment Configuration found: ${configName}`,
        );
      if (revision.s3Location === undefined)
        throw invalid('InvalidRevisionException', 'Only revisions on S3 are modelled.');
    },
    start: (deployment, desk) =>
      isBlueGreen(deployment.group)
        ? startBlueGreen(ground, deployment, desk)
        : startInPlace(ground, deployment, desk),
    rollbackRevision: (_, last) => last,
  };
}

function isBlueGreen({ settings }: Group): boolean {
  return settings.deploymentStyle?.deploymentType === 'BLUE_GREEN';
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeploymentGroup.html */
function checkGroup(group: Group): void {
  const { settings } = group;
  if (isBlueGreen(group) && settings.blueGreenDeploymentConfiguration === undefined) {
    throw invalid(
      'InvalidBlueGreenDeploymentConfigurationException',
      'For BLUE_GREEN deployment type, the blueGreenDeploymentConfiguration must be specified.',
    );
  }
  const alarms = settings.alarmConfiguration?.alarms ?? [];
  if (alarms.length > 10)
    throw invalid('AlarmsLimitExceededException', 'The maximum number of alarms is 10.');
}
