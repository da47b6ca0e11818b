import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { ASG } from '../../../../src/readiness/ids/asg.ts';
import type { Returning } from '../../../../src/readiness/returning.ts';
import { launchTemplateRefOf } from '../../../../src/targets/kinds/asg/launch-template.ts';
import type { Ec2 } from '../ec2.ts';
import { canMove, parameterOf } from '../image.ts';
import { revisionOf, type TemplateVersion } from '../revision.ts';
import type { Settings } from './sdk.ts';

const find = findIn(ASG);

type Reads = Pick<Settings, 'imageState'> & Pick<Ec2, 'version' | 'launchesNow'>;

/** Looks at a version of the launch template, and at the image that it launches. */
export async function ofVersion(one: Returning, reads: Reads): Promise<readonly Finding[]> {
  const choice = launchTemplateRefOf(one.id);
  if (choice === null) return [];
  const version = await reads.version(choice);
  if (version === null)
    return [
      find(
        'version-gone',
        `Launch template version ${one.id}, ${one.as}, was deleted.`,
        'Let the tool that removes old versions keep the last three that the group launched.',
        one.defect,
      ),
    ];
  if (version.images.length > 0)
    return (await Promise.all(version.images.map((image) => ofImage(image, version, one, reads)))).flat();
  const isFixed = version.image.startsWith('ami-');
  const image = isFixed ? version.image : await reads.launchesNow(choice);
  const found = image === null ? noImage(version, one) : await ofImage(image, version, one, reads);
  return [...byParameter(version, one), ...found];
}

function noImage(version: TemplateVersion, { as }: Returning): readonly Finding[] {
  return [
    find(
      'image-gone',
      `The AMI that ${version.image} names for ${revisionOf(version).name}, ${as}, is unknown: the parameter is gone, or Lastgood may not read it.`,
      'Restore the parameter, or name it in the parameter images of the stack.',
      'unknown',
    ),
  ];
}

/**
 * A parameter names one image at a time, so an old version launches the new image too.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
 */
function byParameter(version: TemplateVersion, { as }: Returning): readonly Finding[] {
  if (!canMove(version.image)) return [];
  const parameter = parameterOf(version.image) ?? version.image;
  return [
    find(
      'image-by-parameter',
      `${revisionOf(version).name}, ${as}, launches the AMI that the parameter ${parameter} names then, not the one that was proven.`,
      `Name the AMI in each version, or a numbered version of the parameter: resolve:ssm:${parameter}:1.`,
    ),
  ];
}

async function ofImage(
  image: string,
  version: TemplateVersion,
  { as, defect }: Returning,
  reads: Reads,
): Promise<readonly Finding[]> {
  const state = await reads.imageState(image);
  if (state === 'available') return [];
  const { name } = revisionOf(version);
  return [
    find(
      'image-gone',
      state === null
        ? `${image} of ${name}, ${as}, was deregistered or is no longer shared.`
        : `${image} of ${name}, ${as}, is ${state}, so no instance can be launched from it.`,
      state === 'disabled'
        ? `Enable it again: aws ec2 enable-image --image-id ${image}.`
        : `Let the tool that removes old images keep those of the last three versions of ${version.name}.`,
      defect,
    ),
  ];
}
