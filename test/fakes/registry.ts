import type { EcrImage, FoundImage, Registry } from '../../functions/mechanisms/ecs/images.ts';

/**
 * A registry in memory: maps `repository:tag` and `repository@digest` to a digest. An image that is not in it is gone.
 */
export class FakeRegistry implements Registry {
  readonly images = new Map<string, string>();
  readonly archived = new Set<string>();
  /** When an image was pushed, by its digest. */
  readonly pushed = new Map<string, string>();
  readonly asked: EcrImage[] = [];
  /** Its answer to each read, if it refuses them. */
  refusal: Error | null = null;

  push(repository: string, tag: string, digest: string): void {
    this.images.set(`${repository}:${tag}`, digest);
    this.images.set(`${repository}@${digest}`, digest);
  }

  find(image: EcrImage): Promise<FoundImage | null> {
    this.asked.push(image);
    if (this.refusal !== null) return Promise.reject(this.refusal);
    const key =
      'tag' in image.by ? `${image.repository}:${image.by.tag}` : `${image.repository}@${image.by.digest}`;
    const digest = this.images.get(key);
    if (digest === undefined) return Promise.resolve(null);
    const pushedAt = this.pushed.get(digest) ?? null;
    return Promise.resolve({ digest, pullable: !this.archived.has(digest), pushedAt });
  }
}
