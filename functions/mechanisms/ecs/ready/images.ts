import { readOr } from '../../../../src/lambda/read-or.ts';
import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { ECS } from '../../../../src/readiness/ids/ecs.ts';
import type { ContainerImage } from '../ecs.ts';
import { readImage, type EcrImage, type FoundImage } from '../images.ts';
import type { ImageReads } from './reads.ts';
import type { Subject } from './subjects.ts';

const find = findIn(ECS);

/** Looks at every image of a revision. Unknown: start-of-a-task. */
export async function ofImages(
  subject: Subject,
  home: { readonly account: string; readonly region: string },
  reads: ImageReads,
): Promise<readonly Finding[]> {
  const each = subject.images.map((image) =>
    readOr(`image ${image.image}`, async () => {
      const place = readImage(image.image);
      if (place?.account !== home.account || place.region !== home.region) return elsewhere(image, subject);
      return ofImage(image, place, subject, reads);
    }),
  );
  return (await Promise.all(each)).flat();
}

function elsewhere({ image }: ContainerImage, { name, as }: Subject): readonly Finding[] {
  return [
    find(
      'image-elsewhere',
      `Image ${image} of ${name}, ${as}, is in a registry that Lastgood may not read, so it may be gone.`,
      'Keep a copy of it in ECR of this account and Region, for example by a pull-through cache rule.',
    ),
  ];
}

async function ofImage(
  { image, digest }: ContainerImage,
  place: EcrImage,
  subject: Subject,
  reads: ImageReads,
): Promise<readonly Finding[]> {
  const { name, as, defect } = subject;
  const named = await reads.registry.find(place);
  const pinned = digest ?? ('digest' in place.by ? place.by.digest : null);
  // ECS pulls the digest that it resolved, wherever the tag points now.
  const isMoved = named !== null && pinned !== null && named.digest !== pinned;
  const found =
    pinned !== null && (named === null || isMoved)
      ? await reads.registry.find({ ...place, by: { digest: pinned } })
      : named;
  if (named === null || found === null)
    return [
      find(
        'image-gone',
        `Image ${image} of ${name}, ${as}, is gone from ECR.`,
        `Push ${image} again, and let the lifecycle policy of ${place.repository} keep what is deployed.`,
        defect,
      ),
    ];
  const more = await Promise.all([
    readOr(`the lifecycle policy of ${place.repository}`, () =>
      expiring(image, found, place, subject, reads),
    ),
    readOr(`the scan of image ${image}`, () => vulnerable(image, found, place, subject, reads)),
  ]);
  return [
    ...stateOf(image, found, place, subject),
    ...tagOf(image, isMoved, pinned, subject),
    ...more.flat(),
  ];
}

function stateOf(
  image: string,
  { pullable, digest }: FoundImage,
  { repository }: EcrImage,
  { name, as, defect }: Subject,
): readonly Finding[] {
  if (pullable) return [];
  return [
    find(
      'image-archived',
      `Image ${image} of ${name}, ${as}, is archived, and must be restored before it can be pulled.`,
      `Restore it: aws ecr update-image-storage-class --repository-name ${repository} --image-id imageDigest=${digest} --target-storage-class STANDARD.`,
      defect,
    ),
  ];
}

/** A redeployment resolves the tag anew, so that a moved tag brings back another image than the proven one. */
function tagOf(
  image: string,
  isMoved: boolean,
  pinned: string | null,
  { name, as }: Subject,
): readonly Finding[] {
  if (pinned === null)
    return [
      find(
        'image-unresolved',
        `ECS kept no digest of image ${image} of ${name}, ${as}, so its tag may bring back another image.`,
        'Name the image by its digest in the task definition, or switch versionConsistency on.',
      ),
    ];
  if (!isMoved) return [];
  return [
    find(
      'image-moved',
      `The tag of image ${image} of ${name}, ${as}, was moved since, so a redeployment would bring back another image.`,
      'Make the tags of the repository immutable, and give each build a tag of its own.',
    ),
  ];
}

async function expiring(
  image: string,
  { digest }: FoundImage,
  place: EcrImage,
  { name, as, defect }: Subject,
  reads: ImageReads,
): Promise<readonly Finding[]> {
  if (!(await reads.expiring(place)).has(digest)) return [];
  return [
    find(
      'image-expiring',
      `The lifecycle policy of ${place.repository} is about to remove image ${image} of ${name}, ${as}.`,
      `Let the policy keep what is deployed: aws ecr get-lifecycle-policy --repository-name ${place.repository}.`,
      defect === 'blocks' ? 'slows' : defect,
    ),
  ];
}

const GRAVE = ['CRITICAL', 'HIGH'] as const;

async function vulnerable(
  image: string,
  { digest }: FoundImage,
  place: EcrImage,
  { name, as }: Subject,
  reads: ImageReads,
): Promise<readonly Finding[]> {
  const counts = await reads.vulnerabilities(place, digest);
  const grave = GRAVE.flatMap((severity) => {
    const count = counts?.[severity] ?? 0;
    return count > 0 ? [`${count} ${severity}`] : [];
  });
  if (grave.length === 0) return [];
  return [
    find(
      'image-vulnerable',
      `A scan of image ${image} of ${name}, ${as}, found vulnerabilities: ${grave.join(' and ')}.`,
      `Read them before you go back: aws ecr describe-image-scan-findings --repository-name ${place.repository} --image-id imageDigest=${digest}.`,
    ),
  ];
}
