import type { EcrImage, Registry } from '../../functions/mechanisms/ecs/images.ts';

/** A registry in memory: `repository:tag` or `repository@digest` to the digest it stands for. What is not in it is gone. */
export class FakeRegistry implements Registry {
  readonly images = new Map<string, string>();
  readonly archived = new Set<string>();
  readonly asked: EcrImage[] = [];

  push(repository: string, tag: string, digest: string): void {
    this.images.set(`${repository}:${tag}`, digest);
    this.images.set(`${repository}@${digest}`, digest);
  }

  find(image: EcrImage): Promise<{ digest: string; pullable: boolean } | null> {
    this.asked.push(image);
    const key =
      'tag' in image.by ? `${image.repository}:${image.by.tag}` : `${image.repository}@${image.by.digest}`;
    const digest = this.images.get(key);
    return Promise.resolve(digest === undefined ? null : { digest, pullable: !this.archived.has(digest) });
  }
}
