import type { Goal, Group, ImageOf, Instance } from './autoscaling.ts';
import type { Ec2 } from './ec2.ts';
import { imageOfIn, imagesIn, overrideName, overridesIn } from './overrides.ts';
import { idOf, type TemplateVersion } from './revision.ts';
import { isLeaving } from './status.ts';
import type { Survey } from './survey.ts';
import { imagesText, launchTemplateRefOf } from '../../../src/targets/kinds/asg/launch-template.ts';

type Seen = Pick<Survey, 'group' | 'refreshes' | 'newest'>;

/** What to set on the group for a revision, or why that is unknown. */
export type Found = { readonly goal: Goal } | { readonly reason: string };

/** Finds the image of each instance type, and whether root volumes can be replaced. */
export async function goalFor(to: TemplateVersion, seen: Seen, ec2: Pick<Ec2, 'image'>): Promise<Found> {
  const goal = { template: to.id, version: to.version };
  if (to.images.length === 0) return { goal };
  const names = overridesIn(seen.group.policy).map(overrideName);
  if (names.length === 0)
    return { reason: 'the group has no instance types that could have its images: their policy was removed' };
  const known = to.images.length === 1 ? onlyOne(names, to) : setBefore(to, seen);
  const imageOf = { ...(await byArchitecture(to, seen.group, known, ec2)), ...known };
  const lacking = names.filter((name) => imageOf[name] === undefined);
  if (lacking.length > 0) return { reason: `it is unknown which of its images ${lacking.join(' and ')} had` };
  const own = Object.fromEntries(names.map((name) => [name, imageOf[name] ?? '']));
  return { goal: { ...goal, imageOf: own, ...rootsFor(to, seen) } };
}

function onlyOne(names: readonly string[], { image }: TemplateVersion): ImageOf {
  return Object.fromEntries(names.map((name) => [name, image]));
}

/** Returns the images as the group or a refresh of the last six weeks has them. */
function setBefore({ images }: TemplateVersion, { group, refreshes }: Seen): ImageOf {
  const policies = [imageOfIn(group.policy), ...refreshes.map(({ imageOf }) => imageOf)];
  const wanted = imagesText(images);
  return policies.find((one) => imagesText(imagesIn(one).images ?? []) === wanted) ?? {};
}

/** Gives an instance type the only image that has the architecture of its present one. */
async function byArchitecture(
  { images }: TemplateVersion,
  { policy }: Group,
  known: ImageOf,
  ec2: Pick<Ec2, 'image'>,
): Promise<ImageOf> {
  const present = Object.entries(imageOfIn(policy)).filter(([name]) => known[name] === undefined);
  if (present.length === 0) return {};
  const all = [...new Set([...images, ...present.map(([, image]) => image)])];
  const found = await Promise.all(all.map(async (id) => [id, await ec2.image(id)] as const));
  const architectures = new Map(found.map(([id, image]) => [id, image?.architecture ?? null]));
  return Object.fromEntries(
    present.flatMap(([name, image]) => {
      const own = architectures.get(image) ?? null;
      const alike = images.filter((one) => own !== null && architectures.get(one) === own);
      return alike.length === 1 ? alike.map((one) => [name, one]) : [];
    }),
  );
}

/**
 * Returns that root volumes are replaced: as the last refresh did, and with its share of the capacity. AWS requires that
 * all instances match the launch template, and replaces only the image.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/replace-root-volume.html
 */
function rootsFor(to: TemplateVersion, { newest, group }: Seen): Pick<Goal, 'rootsKeeping'> {
  if (newest?.replacesRoots !== true) return {};
  const isAlike = group.instances
    .filter((one) => !isLeaving(one))
    .every((one) => templateOf(one) === idOf({ template: to.id, version: to.version }));
  return isAlike ? { rootsKeeping: newest.leastPercent } : {};
}

function templateOf({ revision }: Instance): string {
  const ref = launchTemplateRefOf(revision ?? '');
  return ref === null ? '' : idOf({ template: ref.template, version: ref.version });
}
