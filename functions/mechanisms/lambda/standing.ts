import { condemnedIds, condemnedIn, provenIds, provenIn } from '../../../src/ledger/among.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import { second, type Configuration } from './configuration.ts';
import type { Provisioned } from './lambda.ts';

/** Which version is being brought in, and how far that has come. */
export interface Standing {
  /**
   * - alone: one version gets everything.
   * - canary: two versions share, by weights that somebody set.
   * - moving: Lambda itself keeps the old version on until the new one has its provisioned concurrency.
   */
  readonly state: 'alone' | 'canary' | 'moving';
  /** The version that came last: the one at fault, unless it is the good one. */
  readonly introduced: string;
  /** The other one; null: there is none. */
  readonly beside: string | null;
}

/** What the ledger says of versions. */
export interface Known {
  readonly proven: ReadonlySet<string>;
  readonly condemned: ReadonlySet<string>;
}

export function knownFrom(entries: readonly Entry[]): Known {
  return { proven: new Set(provenIds(entries)), condemned: condemnedIds(entries) };
}

/**
 * Of two versions that share, the one that is not proven is being brought in. Where that does not decide, it is the one
 * that has a weight, as in CodeDeploy's shifts and in AWS's own example of a canary; nothing stops people from doing it
 * the other way round (https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html).
 */
export function standingOf(
  configuration: Configuration,
  provisioned: Provisioned | null,
  known: Known,
): Standing {
  const { version } = configuration;
  const other = second(configuration);
  if (other === null) return { state: 'alone', introduced: version, beside: null };
  if (isMoving(configuration, provisioned))
    return { state: 'moving', introduced: version, beside: other.version };
  const isGood = (one: string) => known.proven.has(one) && !known.condemned.has(one);
  const own = isGood(other.version) && !isGood(version);
  return own
    ? { state: 'canary', introduced: version, beside: other.version }
    : { state: 'canary', introduced: other.version, beside: version };
}

/**
 * Whether Lambda keeps the old version on by a weight of its own: everything goes to a version that is not the alias's,
 * and the alias has provisioned concurrency. No documentation says so; it was seen by those who write Terraform's
 * provider (https://github.com/hashicorp/terraform-provider-aws/pull/48116).
 */
export function isMoving(configuration: Configuration, provisioned: Provisioned | null): boolean {
  return provisioned !== null && second(configuration)?.share === 1;
}

/** A proven version that runs although another one was condemned after it had been proven: somebody went back to it. */
export function isWayBack(version: string, entries: readonly Entry[]): boolean {
  const proven = provenIn(entries).find(({ revision }) => revision.id === version);
  if (proven === undefined) return false;
  return condemnedIn(entries).some(
    ({ revision, condemnedAt }) => revision.id !== version && isAfter(condemnedAt, proven.completedAt),
  );
}
