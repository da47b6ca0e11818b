import type { Instant } from '../../../src/rollback/request.ts';

/** An image in a private registry of Amazon ECR, as an image URI names it. */
export interface EcrImage {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  /** `tag` or `digest` decides what is pulled; a digest wins over a tag. */
  readonly by: { readonly tag: string } | { readonly digest: string };
}

/** Where an image lies and what it would be now. */
export interface Registry {
  /** Null: it is gone. One call of ecr:DescribeImages. */
  find(image: EcrImage): Promise<FoundImage | null>;
}

export interface FoundImage {
  readonly digest: string;
  readonly pullable: boolean;
  /** When the image was pushed; null: ECR does not say. A tag that was moved to an older image shows the older time. */
  readonly pushedAt: Instant | null;
}

const HOST =
  /^(?<account>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$/;
const PATH = /^(?<repository>[^:@]+)(?::(?<tag>[^@]+))?(?:@(?<digest>.+))?$/;

/**
 * Reads an image URI; null when it lies elsewhere (Docker Hub, a public gallery, a registry of one's own).
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
 */
export function readImage(uri: string): EcrImage | null {
  const slash = uri.indexOf('/');
  const host = HOST.exec(uri.slice(0, Math.max(slash, 0)))?.groups;
  const path = PATH.exec(uri.slice(slash + 1))?.groups;
  if (host === undefined || path === undefined) return null;
  const { account = '', region = '' } = host;
  const { repository = '', tag = 'latest', digest } = path;
  return { account, region, repository, by: digest === undefined ? { tag } : { digest } };
}

/** Whether an image is named without a digest by a tag that stands for another one every time. */
export function isMutable(uri: string): boolean {
  return !uri.includes('@') && (/:([^:/]+)$/.exec(uri)?.[1] ?? 'latest') === 'latest';
}
