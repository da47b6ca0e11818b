import type { StartInstanceRefreshType } from '@aws-sdk/client-auto-scaling';
import { overridesOf, sourceOf, configurationOf } from '../configuration.ts';
import { living } from '../instances.ts';
import type { Group } from '../model.ts';
import { invalid, type AutoScalingState } from '../state.ts';

/**
 * Refuses to replace root volumes where a requirement is not met. AWS lists the requirements and gives no words of the
 * refusals. Unknown: root-volume-refusals.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/replace-root-volume.html
 * @throws AwsError ValidationError
 */
export function mustReplaceRoots(
  state: AutoScalingState,
  group: Group,
  { DesiredConfiguration: desired }: Pick<StartInstanceRefreshType, 'DesiredConfiguration'>,
): void {
  if (group.configuration.mixed === undefined)
    throw invalid('ReplaceRootVolume needs an Auto Scaling group with a mixed instances policy.');
  if (desired?.MixedInstancesPolicy === undefined)
    throw invalid('ReplaceRootVolume needs a desired configuration with a mixed instances policy.');
  const goal = configurationOf(state, desired);
  const images = overridesOf({ mixed: desired.MixedInstancesPolicy }).map(({ ImageId }) => ImageId);
  if (goal === null || images.length === 0 || images.includes(undefined))
    throw invalid('ReplaceRootVolume needs an ImageId in every override of the mixed instances policy.');
  for (const imageId of images) mustHaveOneVolume(state, imageId);
  const source = sourceOf(state, goal);
  const others = living(group).filter(
    ({ template }) => template.id !== source?.id || template.version !== source.version,
  );
  if (others.length > 0)
    throw invalid('ReplaceRootVolume needs instances that match the launch template of the group.');
}

function mustHaveOneVolume({ templates }: AutoScalingState, imageId = ''): void {
  const image = templates.image(imageId);
  if (image === null) throw invalid(`The image id '[${imageId}]' does not exist`);
  if (image.volumes > 1)
    throw invalid(`ReplaceRootVolume needs images with a single root volume, and ${imageId} has more.`);
}
