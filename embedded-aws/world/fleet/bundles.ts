import { createHash } from 'node:crypto';
import type { S3Location } from '@aws-sdk/client-codedeploy';
import type { Behaviour } from '../seams.ts';

/** A revision for instances on S3: its behaviour, and its failing scripts. */
export interface Bundle extends Behaviour {
  /** Its ApplicationStop script. It runs when the next revision is deployed over this one. */
  readonly applicationStop?: 'fails';
  /** Its ValidateService script. */
  readonly validateService?: 'fails';
}

/** One version of an object; a bundle of null is a delete marker. */
export interface Version {
  /** `null`, as S3 writes it, in an unversioned bucket. */
  readonly versionId: string;
  readonly eTag: string;
  readonly bundle: Bundle | null;
}

/** An agent's download, or its error text. */
export type Download = { readonly bundle: Bundle } | { readonly fails: string };

export function bundleIn(download: Download): Bundle | null {
  return 'bundle' in download ? download.bundle : null;
}

/** The buckets of revisions. */
export class Bundles {
  readonly #versions = new Map<string, Map<string, readonly Version[]>>();
  readonly #versioned = new Set<string>();
  #uploads = 0;

  /** Turns on the bucket's versioning. */
  keepVersions(bucket: string): void {
    this.#versioned.add(bucket);
  }

  /** Puts or replaces a bundle. Every upload has different content. */
  put(bucket: string, key: string, bundle: Bundle): Version {
    return this.#add(bucket, key, bundle);
  }

  /** Deletes like DeleteObject: a versioned bucket adds a marker, unless the call names a version. */
  remove(bucket: string, key: string, versionId?: string): void {
    if (versionId === undefined && this.#versioned.has(bucket)) {
      this.#add(bucket, key, null);
      return;
    }
    const left =
      versionId === undefined ? [] : this.of(bucket, key).filter((one) => one.versionId !== versionId);
    this.#set(bucket, key, left);
  }

  /** Returns the keys in S3's order, by their UTF-8 bytes; null if there is no such bucket. */
  keys(bucket: string): readonly string[] | null {
    const keys = this.#versions.get(bucket)?.keys();
    if (keys === undefined) return null;
    return [...keys].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  }

  /** Returns the versions of one key, newest first. */
  of(bucket: string, key: string): readonly Version[] {
    return this.#versions.get(bucket)?.get(key) ?? [];
  }

  /**
   * Downloads like the agent: by version if the revision names one, then it compares the eTag.
   * https://github.com/aws/aws-codedeploy-agent, lib/instance_agent/plugins/codedeploy/command_executor.rb
   */
  download({ bucket = '', key = '', version, eTag }: S3Location = {}): Download {
    const all = this.of(bucket, key);
    const found = version === undefined ? all[0] : all.find(({ versionId }) => versionId === version);
    if (found === undefined || found.bundle === null)
      return {
        fails:
          version === undefined
            ? 'The specified key does not exist.'
            : 'The specified version does not exist.',
      };
    const wanted = eTag?.replaceAll('"', '');
    if (wanted !== undefined && wanted !== found.eTag)
      return { fails: `Expected deployment artifact bundle etag ${wanted} but was actually "${found.eTag}"` };
    return { bundle: found.bundle };
  }

  #add(bucket: string, key: string, bundle: Bundle | null): Version {
    const upload = `${bucket}/${key} ${++this.#uploads}`;
    const hash = (what: string) => createHash('md5').update(`${what} ${upload}`).digest('hex');
    const keeps = this.#versioned.has(bucket);
    const added = { versionId: keeps ? hash('version') : 'null', eTag: hash('content'), bundle };
    this.#set(bucket, key, [added, ...(keeps ? this.of(bucket, key) : [])]);
    return added;
  }

  #set(bucket: string, key: string, versions: readonly Version[]): void {
    const keys = this.#versions.get(bucket) ?? new Map<string, readonly Version[]>();
    this.#versions.set(bucket, keys);
    if (versions.length === 0) keys.delete(key);
    else keys.set(key, versions);
  }
}
