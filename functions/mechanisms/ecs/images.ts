import { named } from '../../../src/aws/errors.ts';
import { NotPermitted, Throttled, Unavailable } from '../../../src/rollback/errors.ts';
import type { Instant } from '../../../src/rollback/request.ts';

/** An image in a private registry of Amazon ECR, from an image URI. */
export interface EcrImage {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  /** `tag` or `digest` decides which image is pulled; a digest takes precedence over a tag. */
  readonly by: { readonly tag: string } | { readonly digest: string };
}

/** Reads what an image is now. */
export interface Registry {
  /** Makes one call of ecr:DescribeImages. Null: the image is gone. */
  find(image: EcrImage): Promise<FoundImage | null>;
}

export interface FoundImage {
  readonly digest: string;
  readonly pullable: boolean;
  /**
   * When the image was pushed; null: ECR does not show it. A tag that was moved to an older image shows the older time.
   */
  readonly pushedAt: Instant | null;
}

/** Limits the calls of ecr:DescribeImages of one plan. Most task definitions differ in one image. */
export const MAX_LOOKS = 2;

/** ECR gave no answer about an image: it is unknown. */
export interface Unread {
  readonly unread: string;
}

/** `not-looked`: the limit was reached. */
export type Look = FoundImage | Unread | null | 'not-looked';

/** Looks at images for one plan, at each once. */
export interface Looks {
  find(image: EcrImage): Promise<Look>;
  /**
   * Waits for a throttled ECR before a way that pulls images, because throttling passes. A way without pulls goes on.
   *
   * @throws Throttled
   */
  insist(): void;
}

export function looksAt(registry: Registry): Looks {
  const known = new Map<string, Promise<Look>>();
  let throttled: Throttled | null = null;
  const look = async (image: EcrImage): Promise<Look> => {
    try {
      return await registry.find(image);
    } catch (raw) {
      const error = named(raw);
      if (error instanceof Throttled) throttled = error;
      const unread = whyUnread(error);
      if (unread === null) throw error;
      return { unread };
    }
  };
  return {
    find: (image) => {
      const key = JSON.stringify(image);
      const asked = known.get(key);
      if (asked !== undefined) return asked;
      if (known.size === MAX_LOOKS) return Promise.resolve('not-looked');
      const answer = look(image);
      known.set(key, answer);
      return answer;
    },
    insist: () => {
      if (throttled !== null) throw throttled;
    },
  };
}

function whyUnread(error: unknown): string | null {
  if (error instanceof Throttled) return 'ECR throttled the read';
  if (error instanceof Unavailable) return 'ECR did not answer';
  return error instanceof NotPermitted ? 'Lastgood may not read its repository' : null;
}

const HOST =
  /^(?<account>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$/;
const PATH = /^(?<repository>[^:@]+)(?::(?<tag>[^@]+))?(?:@(?<digest>.+))?$/;

/**
 * Reads an image URI; null if the image is in another registry (Docker Hub, a public gallery, a private registry).
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

/** Returns whether an image has no digest and a tag that may name another image each time. */
export function isMutable(uri: string): boolean {
  return !uri.includes('@') && (/:([^:/]+)$/.exec(uri)?.[1] ?? 'latest') === 'latest';
}
