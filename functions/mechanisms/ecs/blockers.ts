import { isAfter } from '../../../src/rollback/time.ts';
import { changesBetween, fieldsWithRole, isEmpty } from './configuration.ts';
import type { Definitions } from './definitions.ts';
import { nameOf, type ContainerImage, type ServiceRevision } from './ecs.ts';
import { isMutable, readImage, type EcrImage, type FoundImage, type Looks } from './images.ts';
import { isTaskDefinition } from './task-sets/revisions.ts';

/** What prevents a new deployment of a revision. */
export interface Blocker {
  /** Why it cannot be deployed again, or null if there is no blocker. */
  readonly reason: string | null;
  /** What could not be checked. */
  readonly doubts: readonly string[];
}

/** What a plan has read and may still look at. */
export interface Known {
  readonly definitions: Pick<Definitions, 'get'>;
  readonly looks: Looks;
}

const NONE: Blocker = { reason: null, doubts: [] };
const because = (reason: string): Blocker => ({ reason, doubts: [] });
const doubt = (text: string): Blocker => ({ reason: null, doubts: [text] });

/** Looks for reasons why UpdateService could not restore a revision. */
export async function blockerOf(
  wanted: ServiceRevision,
  atFault: ServiceRevision,
  { definitions, looks }: Known,
): Promise<Blocker> {
  const known = inConfiguration(wanted, atFault);
  if (known.reason !== null) return known;
  const definition = atDefinition(wanted, definitions);
  if (definition.reason !== null) return definition;
  const images = await atImages(wanted, atFault, looks);
  return { reason: images.reason, doubts: [known, definition, images].flatMap(({ doubts }) => doubts) };
}

/**
 * Checks the task definition: a service cannot be updated to an inactive one (API_DeregisterTaskDefinition, Amazon ECS).
 * Lastgood has no permission to register it again: a role that can would be able to deploy new code. For one that was
 * not read, ECS's refusal changes nothing.
 */
function atDefinition({ configuration }: ServiceRevision, definitions: Known['definitions']): Blocker {
  const name = nameOf(configuration.taskDefinition);
  const definition = definitions.get(configuration.taskDefinition);
  if (definition === undefined)
    return doubt(`Lastgood did not check whether task definition ${name} is ACTIVE`);
  return definition.active ? NONE : because(`task definition ${name} is INACTIVE`);
}

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
 * Returns what a person must know of the fields with an infrastructure role. ECS may refuse them, for example load
 * balancers with two target groups while the service rolls. Unknown: advanced-configuration-under-rolling.
 */
function inConfiguration(wanted: ServiceRevision, atFault: ServiceRevision): Blocker {
  if (isEmpty(changesBetween(atFault.configuration, wanted.configuration)))
    return because(
      'it has the task definition and settings of the revision at fault; deploying it again would deploy that revision',
    );
  const fields = fieldsWithRole(atFault.configuration, wanted.configuration);
  if (fields.length === 0) return NONE;
  return doubt(`if ECS refuses its ${fields.join(' and ')}, those of the revision at fault stay`);
}

/**
 * Checks the images that a new deployment would pull. If there is no look left, the candidates before are gone from ECR,
 * and older images probably are, too.
 */
async function atImages(wanted: ServiceRevision, atFault: ServiceRevision, looks: Looks): Promise<Blocker> {
  const all = changedFirst(wanted, atFault);
  const images = await Promise.all(all.map((image) => atImage(image, wanted, atFault, looks)));
  const [first] = images;
  const reason = images.flatMap((one) => (one === 'not-looked' ? [] : (one.reason ?? [])))[0];
  if (first === 'not-looked') return because('its images were not checked');
  return {
    reason: reason ?? null,
    doubts: images.flatMap((one, index) =>
      one === 'not-looked' ? [`image ${all[index]?.image ?? ''} was not checked`] : one.doubts,
    ),
  };
}

/** Sorts images: those that differ from the revision at fault come first. The others run now. */
function changedFirst({ images }: ServiceRevision, atFault: ServiceRevision): readonly ContainerImage[] {
  const runs = ({ container, image, digest }: ContainerImage) =>
    atFault.images.some((one) => one.container === container && one.image === image && one.digest === digest);
  return images.toSorted((one, other) => Number(runs(one)) - Number(runs(other)));
}

/** Checks one image: its tag may be gone, or point to another image now. */
async function atImage(
  image: ContainerImage,
  wanted: ServiceRevision,
  atFault: ServiceRevision,
  looks: Looks,
): Promise<Blocker | 'not-looked'> {
  const place = inOwnRegistry(image.image, wanted);
  if (place === null)
    return doubt(`image ${image.image} is not in this account's registry and was not checked`);
  const found = await looks.find(place);
  if (found === 'not-looked') return found;
  if (found === null) return because(`image ${image.image} is gone from ECR`);
  if (!found.pullable) return because(`image ${image.image} is archived in ECR`);
  if (image.digest === null) return 'digest' in place.by ? NONE : unresolved(image.image, found, wanted);
  if (found.digest === image.digest) return NONE;
  const bad = atFault.images.find(({ container }) => container === image.container)?.digest;
  if (found.digest === bad) return because(`the tag of image ${image.image} now names the image at fault`);
  return doubt(
    `the tag of image ${image.image} was moved since: the restored image may differ from the proven one`,
  );
}

/**
 * Checks an image without a digest. ECS keeps none if a container opted out of version consistency, nor for task sets.
 * Lastgood assumes that a release's tag always names one image. It does not assume this of `latest`, nor of a tag that
 * ECS resolves anew each time.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
function unresolved(image: string, { pushedAt }: FoundImage, { createdAt, arn }: ServiceRevision): Blocker {
  if (!isMutable(image) && isTaskDefinition(arn)) return NONE;
  if (pushedAt !== null && isAfter(pushedAt, createdAt))
    return because(
      `image ${image} was pushed after that, and ECS kept no digest: the rollback would deploy another image`,
    );
  return doubt(
    `ECS kept no digest of image ${image}: its tag may now name another image than the proven one`,
  );
}

/**
 * Returns the missing image that would prevent a native rollback, or null. It deploys the digests of the old revision,
 * even if its task definition is INACTIVE. While all its tasks still run, no image is pulled; otherwise all must exist.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html
 * Unknown: inactive-task-definition-rollback.
 */
export async function missingImage(revision: ServiceRevision, looks: Looks): Promise<string | null> {
  for (const { image, digest } of revision.images) {
    const place = inOwnRegistry(image, revision);
    if (place === null) continue;
    const named = await looks.find(place);
    const isIt = digest === null || (named !== null && named !== 'not-looked' && named.digest === digest);
    const found = isIt ? named : await looks.find({ ...place, by: { digest } });
    if (found === 'not-looked') continue;
    if (found === null) return `image ${image}${digest === null ? '' : ` (${digest})`} is gone from ECR`;
    const moved = digest === null && 'tag' in place.by ? unresolved(image, found, revision).reason : null;
    if (moved !== null) return moved;
  }
  return null;
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
