import type { S3Location } from '@aws-sdk/client-codedeploy';
import type { Listing, ListVersions, ListedVersion } from './list-versions.ts';

/** Reads from S3 whether bundles exist. */
export interface Bundles {
  /** Returns whether the agents would find the bundle. Never throws: an unreadable bucket is `not-known`. */
  look(location: S3Location): Promise<Found>;
}

export type Found =
  | { readonly state: 'there' }
  /** The agents would fail to fetch it. */
  | { readonly state: 'gone'; readonly reason: string }
  | { readonly state: 'not-known'; readonly reason: string };

/** Storage classes whose objects must be restored before they can be read. */
const ARCHIVES = ['GLACIER', 'DEEP_ARCHIVE'];

/**
 * Reads only the buckets that the stack names (ADR 15). It looks for what the agent would fetch: the newest version of
 * a key, or the version that the revision names, with the eTag that it names.
 * https://github.com/aws/aws-codedeploy-agent, lib/instance_agent/plugins/codedeploy/command_executor.rb
 * @param buckets ARNs, separated by commas; empty: none
 */
export function createBundles(buckets: string, list: ListVersions): Bundles {
  const named = buckets.split(',').map((arn) => arn.slice(arn.lastIndexOf(':') + 1));
  return {
    look: async (location) => {
      const { bucket = '', key = '', version } = location;
      if (bucket === '' || !named.includes(bucket))
        return notKnown(`its bucket, ${bucket}, is not among those that Lastgood may look into`);
      return found(location, await list(bucket, key, version === undefined ? 'newest' : 'all'));
    },
  };
}

function found({ bucket = '', key = '', version, eTag }: S3Location, listing: Listing): Found {
  if ('problem' in listing) return notKnown(listing.problem);
  const wanted =
    version === undefined ? listing.versions[0] : listing.versions.find(({ id }) => id === version);
  const what = version === undefined ? 'it' : `version ${version} of it`;
  if (wanted === undefined && !listing.isWhole) return notKnown(`${what} is not among its newest versions`);
  if (wanted === undefined || wanted.isDeleted) return gone(`${what} is no longer at s3://${bucket}/${key}`);
  return asAsked(wanted, eTag);
}

function asAsked({ eTag, storage }: ListedVersion, wanted: string | undefined): Found {
  if (wanted !== undefined && wanted.replaceAll('"', '') !== eTag)
    return gone('another object is there now, with another eTag');
  if (ARCHIVES.includes(storage)) return notKnown(`it is archived as ${storage}, and may not be restored`);
  return { state: 'there' };
}

const gone = (reason: string): Found => ({ state: 'gone', reason });
const notKnown = (reason: string): Found => ({ state: 'not-known', reason });
