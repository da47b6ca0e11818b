import type { BundleType, RevisionLocation, S3Location } from '@aws-sdk/client-codedeploy';
import type { Revision } from '../../../src/rollback/plan.ts';

/*
 * CodeDeploy gives revisions no id. Lastgood uses their location in one canonical text, from which the location can be
 * read again, because the ledger keeps nothing else.
 */

/**
 * Writes `s3://bucket/key?type=zip&version=…&etag=…` or `github:owner/repository@commit`; null for any other location.
 */
export function revisionAt({ s3Location, gitHubLocation }: RevisionLocation): Revision | null {
  if (s3Location?.bucket !== undefined && s3Location.key !== undefined) return onS3(s3Location);
  const { repository, commitId } = gitHubLocation ?? {};
  if (repository === undefined || commitId === undefined) return null;
  return {
    id: `github:${repository}@${commitId}`,
    name: `${repository.split('/').at(-1) ?? repository}@${commitId.slice(0, 8)}`,
  };
}

function onS3({ bucket = '', key = '', bundleType, version, eTag }: S3Location): Revision {
  const query = new URLSearchParams();
  if (bundleType !== undefined) query.set('type', bundleType);
  if (version !== undefined) query.set('version', version);
  if (eTag !== undefined) query.set('etag', eTag.replaceAll('"', ''));
  const file = key.slice(key.lastIndexOf('/') + 1);
  const which = version ?? eTag?.replaceAll('"', '').slice(0, 8);
  return {
    id: `s3://${bucket}/${key}?${query.toString()}`,
    name: which === undefined ? file : `${file} (${which})`,
  };
}

/** Reads the location from an id; null if Lastgood did not create it. */
export function locationOf(id: string): RevisionLocation | null {
  const [, bucket, key, query] = /^s3:\/\/([^/]+)\/(.+)\?([^?]*)$/.exec(id) ?? [];
  if (bucket !== undefined && key !== undefined) {
    const { type, version, etag } = Object.fromEntries(new URLSearchParams(query));
    const s3Location: S3Location = {
      bucket,
      key,
      ...(type !== undefined && { bundleType: type as BundleType }),
      ...(version !== undefined && { version }),
      ...(etag !== undefined && { eTag: etag }),
    };
    return { revisionType: 'S3', s3Location };
  }
  const [, repository, commitId] = /^github:(.+)@([^@]+)$/.exec(id) ?? [];
  if (repository === undefined || commitId === undefined) return null;
  return { revisionType: 'GitHub', gitHubLocation: { repository, commitId } };
}
