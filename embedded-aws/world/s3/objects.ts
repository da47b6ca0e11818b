import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';

/** An object as it was put. */
export interface StoredObject {
  readonly body: Uint8Array;
  readonly eTag: string;
  /** The instant of its upload, in milliseconds since the epoch. */
  readonly at: number;
  /** `null`, as S3 writes it, in an unversioned bucket. */
  readonly versionId: string;
  readonly contentType: string;
  readonly cacheControl?: string;
  /** User-defined metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
}

interface Bucket {
  isVersioned: boolean;
  /** By key, newest first. */
  readonly objects: Map<string, readonly StoredObject[]>;
}

/**
 * The buckets of objects whose content matters. A second upload replaces the first, except in a versioned bucket. Delete
 * markers are not modelled.
 */
export class Objects {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();
  #uploads = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  createBucket(bucket: string): void {
    if (!this.#buckets.has(bucket)) this.#buckets.set(bucket, { isVersioned: false, objects: new Map() });
  }

  /** Deletes a bucket, which must be empty. */
  deleteBucket(bucket: string): void {
    this.#buckets.delete(bucket);
  }

  /** Turns on the bucket's versioning. */
  keepVersions(bucket: string): void {
    const found = this.#buckets.get(bucket);
    if (found !== undefined) found.isVersioned = true;
  }

  hasBucket(bucket: string): boolean {
    return this.#buckets.has(bucket);
  }

  /** Returns the keys of a bucket, in the order in which they were first put. */
  keys(bucket: string): readonly string[] {
    return [...(this.#buckets.get(bucket)?.objects.keys() ?? [])];
  }

  /** Returns the names of the buckets. */
  buckets(): readonly string[] {
    return [...this.#buckets.keys()];
  }

  /** Returns the newest version of an object. */
  get(bucket: string, key: string): StoredObject | null {
    return this.versions(bucket, key)[0] ?? null;
  }

  /** Returns the versions of one key, newest first. */
  versions(bucket: string, key: string): readonly StoredObject[] {
    return this.#buckets.get(bucket)?.objects.get(key) ?? [];
  }

  /** Puts an object into a bucket that exists. The eTag of an object in one part is the MD5 of its content. */
  put(bucket: string, key: string, object: Omit<StoredObject, 'eTag' | 'at' | 'versionId'>): StoredObject {
    const eTag = createHash('md5').update(object.body).digest('hex');
    const found = this.#buckets.get(bucket);
    const isVersioned = found?.isVersioned === true;
    const upload = `${bucket}/${key} ${++this.#uploads}`;
    const versionId = isVersioned ? createHash('md5').update(upload).digest('hex') : 'null';
    const stored = { ...object, eTag, at: this.#clock.now(), versionId };
    const kept = isVersioned ? this.versions(bucket, key) : [];
    found?.objects.set(key, [stored, ...kept]);
    return stored;
  }

  /** Deletes one version of an object for good. */
  remove(bucket: string, key: string, versionId: string): void {
    const left = this.versions(bucket, key).filter((one) => one.versionId !== versionId);
    const objects = this.#buckets.get(bucket)?.objects;
    if (left.length === 0) objects?.delete(key);
    else objects?.set(key, left);
  }
}
