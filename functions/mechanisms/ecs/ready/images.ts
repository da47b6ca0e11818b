import { readOr } from '../../../../src/lambda/read-or.ts';
import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { ECS } from '../../../../src/readiness/ids/ecs.ts';
import { readImage, type Registry } from '../images.ts';
import type { ContainerImage } from '../ecs.ts';
import type { Subject } from './subjects.ts';

const find = findIn(ECS);

export interface ImageReads {
  readonly registry: Registry;
}

/** Looks at every image of a revision. */
export async function ofImages(subject: Subject, reads: ImageReads): Promise<readonly Finding[]> {
  const each = subject.images.map((image) =>
    readOr(`image ${image.image}`, () => ofImage(image, subject, reads)),
  );
  return (await Promise.all(each)).flat();
}

async function ofImage(
  { image }: ContainerImage,
  { name, as, defect }: Subject,
  { registry }: ImageReads,
): Promise<readonly Finding[]> {
  const place = readImage(image);
  if (place === null) return [];
  const found = await registry.find(place);
  if (found !== null) return [];
  return [
    find(
      'image-gone',
      `Image ${image} of ${name}, ${as}, is gone from ECR.`,
      `Push ${image} again, and let the lifecycle policy of ${place.repository} keep what is deployed.`,
      defect,
    ),
  ];
}
