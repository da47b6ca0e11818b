import { isAfter } from '../../../src/rollback/time.ts';
import { changesBetween, fieldsWithRole, isEmpty } from './configuration.ts';
import { nameOf, type ContainerImage, type Ecs, type ServiceRevision } from './ecs.ts';
import { isMutable, readImage, type EcrImage, type FoundImage, type Registry } from './images.ts';
import { isTaskDefinition } from './task-sets/revisions.ts';

/** What stands between a revision and a new deployment of it. */
export interface Blocker {
  /** Why it cannot be deployed again, or null when nothing is known against it. */
  readonly reason: string | null;
  /** What could not be made sure of. */
  readonly doubts: readonly string[];
}

const NONE: Blocker = { reason: null, doubts: [] };
const because = (reason: string): Blocker => ({ reason, doubts: [] });
const doubt = (text: string): Blocker => ({ reason: null, doubts: [text] });

/** Looks for what would keep UpdateService from bringing a revision back in place of the one at fault. */
export async function blockerOf(
  wanted: ServiceRevision,
  atFault: ServiceRevision,
  { ecs, registry }: { readonly ecs: Pick<Ecs, 'taskDefinition'>; readonly registry: Registry },
): Promise<Blocker> {
  const known = inConfiguration(wanted, atFault);
  if (known.reason !== null) return known;
  const { taskDefinition } = wanted.configuration;
  // A service cannot be updated to an inactive task definition (API_DeregisterTaskDefinition, Amazon ECS), and we may
  // not register it anew: a role that can would be able to introduce new code.
  if (!(await ecs.taskDefinition(taskDefinition)).active)
    return because(`task definition ${nameOf(taskDefinition)} is INACTIVE`);
  const looks = await Promise.all(wanted.images.map((image) => atImage(image, wanted, atFault, registry)));
  return {
    reason: looks.find(({ reason }) => reason !== null)?.reason ?? null,
    doubts: looks.flatMap(({ doubts }) => doubts),
  };
}

function inConfiguration(wanted: ServiceRevision, atFault: ServiceRevision): Blocker {
  const changes = changesBetween(atFault.configuration, wanted.configuration);
  if (isEmpty(changes))
    return because(
      'it has the same task definition and settings as the one at fault; deploying it again would deploy that one',
    );
  // Not documented: whether ECS asks for iam:PassRole also for a role that the service already has. We assume it does.
  const roles = fieldsWithRole(changes);
  return roles.length === 0
    ? NONE
    : because(`bringing back its ${roles.join(' and ')} would hand a role to ECS, which needs iam:PassRole`);
}

/** A new deployment pulls what the task definition names: a tag may be gone by now, or stand for another image. */
async function atImage(
  image: ContainerImage,
  wanted: ServiceRevision,
  atFault: ServiceRevision,
  registry: Registry,
): Promise<Blocker> {
  const place = inOwnRegistry(image.image, wanted);
  if (place === null)
    return doubt(`image ${image.image} is not in this account's registry and could not be checked`);
  const found = await registry.find(place);
  if (found === null) return because(`image ${image.image} is gone from ECR`);
  if (!found.pullable) return because(`image ${image.image} is archived in ECR`);
  if (image.digest === null) return 'digest' in place.by ? NONE : unresolved(image.image, found, wanted);
  if (found.digest === image.digest) return NONE;
  const bad = atFault.images.find(({ container }) => container === image.container)?.digest;
  if (found.digest === bad)
    return because(`the tag of image ${image.image} now stands for the image at fault`);
  return doubt(
    `the tag of image ${image.image} was moved since: what comes back may differ from what was proven`,
  );
}

/**
 * ECS keeps no digest where a container opted out of version consistency, and none of task sets. There a tag of a release
 * is taken to stand for one image; nothing says so of `latest`, nor of a tag that ECS was told to look up anew each time.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
function unresolved(image: string, { pushedAt }: FoundImage, { createdAt, arn }: ServiceRevision): Blocker {
  if (!isMutable(image) && isTaskDefinition(arn)) return NONE;
  if (pushedAt !== null && isAfter(pushedAt, createdAt))
    return because(
      `image ${image} was pushed after that, and ECS kept no digest: what would come back is another image`,
    );
  return doubt(
    `ECS kept no digest of image ${image}: what its tag stands for may differ from what was proven`,
  );
}

/**
 * A native rollback deploys the digests of the old revision, also when its task definition is INACTIVE. While all its
 * tasks still run, nothing has to be pulled; otherwise the images must still be there.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html
 */
export async function missingImage(revision: ServiceRevision, registry: Registry): Promise<string | null> {
  for (const { image, digest } of revision.images) {
    const place = inOwnRegistry(image, revision);
    if (place === null) continue;
    const found = await registry.find(digest === null ? place : { ...place, by: { digest } });
    if (found === null) return `image ${image}${digest === null ? '' : ` (${digest})`} is gone from ECR`;
    const moved = digest === null && 'tag' in place.by ? unresolved(image, found, revision).reason : null;
    if (moved !== null) return moved;
  }
  return null;
}

/** Where an image lies, if that is the registry of the service's own account and Region: we may look into no other. */
function inOwnRegistry(uri: string, { arn }: ServiceRevision): EcrImage | null {
  const place = readImage(uri);
  const [, , , region, account] = arn.split(':');
  return place?.account === account && place?.region === region ? place : null;
}
