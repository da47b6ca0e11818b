import type { Behaviour } from '../seams.ts';

/** A revision for instances, as it lies on S3: how it behaves, and which of its scripts fail. */
export interface Bundle extends Behaviour {
  /** Its ApplicationStop script; it runs when the next revision is deployed over this one. */
  readonly applicationStop?: 'fails';
  /** Its ValidateService script. */
  readonly validateService?: 'fails';
}

/** The buckets that revisions lie in. */
export class Bundles {
  readonly #bundles = new Map<string, Bundle>();

  /** Puts a bundle, or replaces it. */
  put(bucket: string, key: string, bundle: Bundle): void {
    this.#bundles.set(`${bucket}/${key}`, bundle);
  }

  remove(bucket: string, key: string): void {
    this.#bundles.delete(`${bucket}/${key}`);
  }

  /** Null: there is none any more. */
  get(bucket: string, key: string): Bundle | null {
    return this.#bundles.get(`${bucket}/${key}`) ?? null;
  }
}
