import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';

/** An object as it was put. */
export interface StoredObject {
  readonly body: Uint8Array;
  readonly eTag: string;
  /** The instant of its upload, in milliseconds since the epoch. */
  readonly at: number;
  readonly contentType: string;
  readonly cacheControl?: string;
}

/** The buckets of objects whose content matters. Versions are not kept: a second upload replaces the first. */
export class Objects {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Map<string, StoredObject>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  createBucket(bucket: string): void {
    if (!this.#buckets.has(bucket)) this.#buckets.set(bucket, new Map());
  }

  hasBucket(bucket: string): boolean {
    return this.#buckets.has(bucket);
  }

  /** Returns the keys of a bucket, in the order in which they were first put. */
  keys(bucket: string): readonly string[] {
    return [...(this.#buckets.get(bucket)?.keys() ?? [])];
  }

  /** Returns the names of the buckets. */
  buckets(): readonly string[] {
    return [...this.#buckets.keys()];
  }

  get(bucket: string, key: string): StoredObject | null {
    return this.#buckets.get(bucket)?.get(key) ?? null;
  }

  /** Puts an object into a bucket that exists. The eTag of an object in one part is the MD5 of its content. */
  put(bucket: string, key: string, object: Omit<StoredObject, 'eTag' | 'at'>): StoredObject {
    const eTag = createHash('md5').update(object.body).digest('hex');
    const stored = { ...object, eTag, at: this.#clock.now() };
    this.#buckets.get(bucket)?.set(key, stored);
    return stored;
  }
}
