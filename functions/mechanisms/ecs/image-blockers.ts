import { isAfter } from '../../../src/rollback/time.ts';
import type { Blocker } from './blocker.ts';
import { nameOf, type ContainerImage, type ServiceRevision } from './ecs.ts';
import {
  isMutable,
  readImage,
  type EcrImage,
  type FoundImage,
  type Look,
  type Looks,
  type Unread,
} from './images.ts';
import { isTaskDefinition } from './task-sets/revisions.ts';

/** Where the name of an image leads now: to the image that was proven, to another one, or unknown. */
type Leads = 'there' | 'elsewhere' | 'unknown';

interface Checked {
  readonly reason: string | null;
  readonly doubts: readonly string[];
  readonly leads: Leads;
}

const FOUND: Checked = { reason: null, doubts: [], leads: 'there' };
const because = (reason: string): Checked => ({ reason, doubts: [], leads: 'elsewhere' });
const doubt = (text: string, leads: Leads): Checked => ({ reason: null, doubts: [text], leads });

/** Begins to look at the images of a revision, beside other reads. The answers are remembered. */
export async function lookAhead(
  wanted: ServiceRevision | null,
  atFault: ServiceRevision,
  looks: Looks,
): Promise<void> {
  if (wanted === null) return;
  const places = changedFirst(wanted, atFault).flatMap(({ image }) => inOwnRegistry(image, wanted) ?? []);
  await Promise.all(places.map((place) => looks.find(place)));
}

/**
 * Checks the images that a new deployment would pull. If there is no look left, the candidates before are gone from ECR,
 * and older images probably are, too. An image that ECR does not answer about is unknown, as one of another registry.
 */
export async function checkImages(
  wanted: ServiceRevision,
  atFault: ServiceRevision,
  looks: Looks,
): Promise<Blocker> {
  const all = changedFirst(wanted, atFault);
  const images = await Promise.all(all.map((image) => atImage(image, wanted, atFault, looks)));
  if (images[0] === 'not-looked')
    return { reason: 'its images were not checked', doubts: [], mayDiffer: null };
  const checked = all.map((image, index) => {
    const one = images[index] ?? 'not-looked';
    return one === 'not-looked' ? unchecked(image, 'was not checked', wanted, atFault) : one;
  });
  return {
    reason: checked.find((one) => one.reason !== null)?.reason ?? null,
    doubts: checked.flatMap(({ doubts }) => doubts),
    mayDiffer: differenceIn(all, checked, atFault),
  };
}

/**
 * Returns why a deployment may bring another image than the proven one, or null. If both revisions name the same images,
 * the fault may have come by one of these names, and deploying them again would bring it back.
 */
function differenceIn(
  all: readonly ContainerImage[],
  checked: readonly Checked[],
  atFault: ServiceRevision,
): string | null {
  const first = (leads: Leads) => all[checked.findIndex((one) => one.leads === leads)]?.image;
  const moved = first('elsewhere');
  if (moved !== undefined) return `${moved} leads to an image that was not proven`;
  const unknown = first('unknown');
  if (unknown === undefined || !all.every((image) => sameNamed(image, atFault) !== undefined)) return null;
  return `the revision at fault names ${unknown} too, and Lastgood cannot see where that name leads now`;
}

function sameNamed({ container, image }: ContainerImage, { images }: ServiceRevision) {
  return images.find((one) => one.container === container && one.image === image);
}

/** Sorts images: those that differ from the revision at fault come first. The others run now. */
function changedFirst({ images }: ServiceRevision, atFault: ServiceRevision): readonly ContainerImage[] {
  const runs = (image: ContainerImage) => sameNamed(image, atFault)?.digest === image.digest;
  return images.toSorted((one, other) => Number(runs(one)) - Number(runs(other)));
}

/** Checks one image: its tag may be gone, or point to another image now. */
async function atImage(
  image: ContainerImage,
  wanted: ServiceRevision,
  atFault: ServiceRevision,
  looks: Looks,
): Promise<Checked | 'not-looked'> {
  const place = inOwnRegistry(image.image, wanted);
  if (place === null)
    return unchecked(image, "is not in this account's registry and was not checked", wanted, atFault);
  const found = await looks.find(place);
  if (found === 'not-looked') return found;
  if (found === null) return because(`image ${image.image} is gone from ECR`);
  if (isUnread(found)) return unchecked(image, `could not be checked: ${found.unread}`, wanted, atFault);
  if (!found.pullable) return because(`image ${image.image} is archived in ECR`);
  if (image.digest === null) return 'digest' in place.by ? FOUND : unresolved(image, found, wanted, atFault);
  if (found.digest === image.digest) return FOUND;
  const bad = atFault.images.find(({ container }) => container === image.container)?.digest;
  if (found.digest === bad) return because(`the tag of image ${image.image} now names the image at fault`);
  return doubt(
    `the tag of image ${image.image} was moved since: the restored image may differ from the proven one`,
    'elsewhere',
  );
}

/**
 * Says of an image that Lastgood may not read. A digest in the name or an equal one in the revision at fault shows where
 * the name leads. So does the tag of a release: see `unresolved`.
 */
function unchecked(
  image: ContainerImage,
  why: string,
  { arn }: ServiceRevision,
  atFault: ServiceRevision,
): Checked {
  const runs = image.digest !== null && sameNamed(image, atFault)?.digest === image.digest;
  const isNamedOnce = image.image.includes('@') || (isTaskDefinition(arn) && !isMutable(image.image));
  return doubt(`image ${image.image} ${why}`, runs || isNamedOnce ? 'there' : 'unknown');
}

/**
 * Checks an image without a digest. ECS keeps none if a container opted out of version consistency, nor for task sets.
 * Unknown: digests-of-task-sets.
 * Lastgood assumes that a release's tag always names one image. It does not assume this of `latest`, of a tag that ECS
 * resolves anew each time, nor of one that was pushed again and that the revision at fault names, too.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
function unresolved(
  named: ContainerImage,
  { pushedAt }: FoundImage,
  { createdAt, arn, configuration }: ServiceRevision,
  atFault: ServiceRevision,
): Checked {
  const { image } = named;
  const isOfRelease = isTaskDefinition(arn) && !isMutable(image);
  const isShared = sameNamed(named, atFault) !== undefined;
  const isPushedSince = pushedAt !== null && isAfter(pushedAt, createdAt);
  if (isOfRelease && !(isShared && isPushedSince)) return FOUND;
  if (isPushedSince)
    return because(
      `image ${image} was pushed after ${nameOf(configuration.taskDefinition)} was ${isTaskDefinition(arn) ? 'registered' : 'deployed'}, and ECS kept no digest: the rollback would deploy another image`,
    );
  return doubt(
    `ECS kept no digest of image ${image}: its tag may now name another image than the proven one`,
    pushedAt === null ? 'unknown' : 'there',
  );
}

/**
 * Returns the missing image that would prevent a native rollback, or null. It deploys the digests of the old revision,
 * even if its task definition is INACTIVE. While all its tasks still run, no image is pulled; otherwise all must exist.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html
 * Unknown: inactive-task-definition-rollback.
 */
export async function missingImage(
  revision: ServiceRevision,
  atFault: ServiceRevision,
  looks: Looks,
): Promise<string | null> {
  for (const one of revision.images) {
    const { image, digest } = one;
    const place = inOwnRegistry(image, revision);
    if (place === null) continue;
    const named = await looks.find(place);
    const isIt = digest === null || isUnread(named) || (isFound(named) && named.digest === digest);
    const found = isIt ? named : await looks.find({ ...place, by: { digest } });
    if (found === null) return `image ${image}${digest === null ? '' : ` (${digest})`} is gone from ECR`;
    if (!isFound(found)) continue;
    const moved =
      digest === null && 'tag' in place.by ? unresolved(one, found, revision, atFault).reason : null;
    if (moved !== null) return moved;
  }
  return null;
}

function isUnread(look: Look): look is Unread {
  return look !== null && look !== 'not-looked' && 'unread' in look;
}

function isFound(look: Look): look is FoundImage {
  return look !== null && look !== 'not-looked' && !isUnread(look);
}

/**
 * Returns the image if it is in the registry of the service's own account and Region, the only one that Lastgood may
 * read.
 */
function inOwnRegistry(uri: string, { arn }: ServiceRevision): EcrImage | null {
  const place = readImage(uri);
  const [, , , region, account] = arn.split(':');
  return place?.account === account && place?.region === region ? place : null;
}
