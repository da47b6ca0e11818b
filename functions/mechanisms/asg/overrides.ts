import type { LaunchTemplateOverrides, MixedInstancesPolicy } from '@aws-sdk/client-auto-scaling';
import { imagesOnce } from '../../../src/targets/kinds/asg/launch-template.ts';
import type { Goal, Group, ImageOf } from './autoscaling.ts';
import { fingerprintOf } from './fingerprint.ts';

/*
 * The overrides of a mixed instances policy, each of which may name an image. Where all do, those images are part of the
 * revision, and the image of the launch template plays no part.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateOverrides.html
 */

/** Returns an instance type, or a hash of what stands in its place. */
export function overrideName({ InstanceType, InstanceRequirements }: LaunchTemplateOverrides): string {
  return InstanceType ?? fingerprintOf(InstanceRequirements ?? {}).slice(0, 12);
}

export function overridesIn(
  policy: MixedInstancesPolicy | null | undefined,
): readonly LaunchTemplateOverrides[] {
  return policy?.LaunchTemplate?.Overrides ?? [];
}

/** Returns the images of a policy's overrides. */
export function imageOfIn(policy: MixedInstancesPolicy | null | undefined): ImageOf {
  return Object.fromEntries(
    overridesIn(policy).flatMap((one) =>
      one.ImageId === undefined ? [] : [[overrideName(one), one.ImageId]],
    ),
  );
}

/** Returns the images as a revision has them. Absent: the overrides name none. */
export function imagesIn(imageOf: ImageOf): { readonly images?: readonly string[] } {
  const images = imagesOnce(Object.values(imageOf));
  return images.length === 0 ? {} : { images };
}

/** Returns why overrides make it unknown what a version of the launch template runs, or null. */
export function unclearIn(policy: MixedInstancesPolicy | undefined): string | null {
  const overrides = overridesIn(policy);
  if (overrides.some(({ LaunchTemplateSpecification: own }) => own !== undefined))
    return 'its instance types have launch templates of their own, so no single version determines what runs';
  const images = overrides.flatMap(({ ImageId }) => ImageId ?? []);
  if (images.length > 0 && images.length < overrides.length)
    return 'only some of its instance types name an image of their own: name one for each, or for none';
  return images.every((image) => image.startsWith('ami-'))
    ? null
    : 'its instance types name images in another way than by their ids';
}

/** Returns overrides that name the images of a goal, or none. */
export function overridesFor(policy: MixedInstancesPolicy, { imageOf }: Goal): LaunchTemplateOverrides[] {
  return overridesIn(policy).map((override) => ({
    ...override,
    ImageId: imageOf?.[overrideName(override)],
  }));
}

/** Returns why a goal no longer fits the overrides of a group, or null. A pipeline may have changed them since the plan. */
export function misfit({ policy }: Group, { imageOf }: Goal): string | null {
  if (imageOf === undefined) return null;
  const names = overridesIn(policy).map(overrideName);
  if (names.length === 0) return 'the group no longer has instance types that could have images of their own';
  const lacking = names.filter((name) => imageOf[name] === undefined);
  return lacking.length === 0 ? null : `no image is known for ${lacking.join(', ')}`;
}
