import { knownSides } from '../../../src/ledger/known-sides.ts';
import { condemnedIn, provenIn } from '../../../src/ledger/among.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import { rolloutsIn, type Condemnation, type Rollout, type Stretch } from '../../../src/rollback/rollouts.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import { LATEST, second, type Configuration } from './configuration.ts';
import type { History, Pointing } from './history.ts';
import type { Version } from './lambda.ts';
import { nameOf, revisionOf } from './revision.ts';
import { mayMove } from './standing.ts';

/**
 * How long before its first observation a change may have been made, if no sight before is recorded. Covers the time
 * between two looks of the sweep when it looked each minute, and one failed look.
 */
const UNSEEN_SECONDS = 120;

/** Versions by number, as far as they were read. */
export type Versions = ReadonlyMap<string, Version>;

/** What versions are, by number: equal text for equal code and configuration. */
export type Contents = ReadonlyMap<string, string>;

interface Known {
  readonly versions: Versions;
  readonly contents: Contents;
}

/** Returns the contents that were read, and those that the ledger keeps: a version never changes. */
export function contentsOf(entries: readonly Entry[], versions: Versions): Contents {
  const kept = [...provenIn(entries), ...condemnedIn(entries)].flatMap(
    ({ revision: { id, content } }): readonly (readonly [string, string])[] =>
      content === undefined ? [] : [[id, content]],
  );
  return new Map([...kept, ...[...versions].map(([number, { content }]) => [number, content] as const)]);
}

/** Returns the last deployments of an alias, newest first. */
export function rolloutsOf(
  functionName: string,
  { pointings, seen }: History,
  { versions, contents }: Known,
  entries: readonly Entry[],
): readonly Rollout[] {
  const { proven } = knownSides(entries);
  const stretches = pointings.map((look) => ({
    ...toStretch(functionName, look, { versions, contents }),
    isProven: second(look.configuration) === null && proven.has(look.introduced),
  }));
  const condemned = condemnationsIn(entries, contents);
  const rollouts = rolloutsIn(stretches, { unseenSeconds: UNSEEN_SECONDS, condemned });
  return rollouts.map((rollout, index) => {
    const isFirstSeen = index === 0 && !seen && pointings[0].notBefore === undefined;
    return { ...rollout, deployment: withStart(rollout.deployment, versions, isFirstSeen) };
  });
}

/**
 * Returns equal text for equal code and configuration; for a version that is not known, its number, which never
 * changes.
 */
export function contentOf(version: string, contents: Contents): string {
  return contents.get(version) ?? `version ${version}`;
}

function toStretch(
  functionName: string,
  look: Pointing,
  { versions, contents }: Known,
): Omit<Stretch, 'isProven'> {
  const { configuration, since, notBefore, id, introduced } = look;
  const other = second(configuration);
  const share = other?.share ?? 0;
  const version = versions.get(introduced);
  return {
    since,
    ...(notBefore !== undefined && { notBefore }),
    id,
    revision:
      version === undefined
        ? { id: introduced, name: nameOf(functionName, introduced) }
        : revisionOf(functionName, version),
    content: contentOf(introduced, contents),
    shares: { [configuration.version]: 1 - share, ...(other !== null && { [other.version]: share }) },
    isWhole: other === null,
    isDone: other === null,
    ...sharesOf(configuration, introduced),
  };
}

/**
 * Says that the introduced version shares by weights. Lambda counts versions up, so a greater number is newer. Where the
 * other version gets everything, Lambda may move the alias natively.
 */
function sharesOf(configuration: Configuration, introduced: string): Pick<Stretch, 'sharesWith'> {
  const other = second(configuration);
  if (other === null || mayMove(configuration)) return {};
  const beside = other.version === introduced ? configuration.version : other.version;
  return { sharesWith: Number(introduced) > Number(beside) ? 'older' : 'unknown' };
}

/**
 * Returns a rollout that began when its version was published at the earliest: no alias can have named it before. If
 * neither a sight nor a record of the alias tells when it was changed, the publication counts.
 */
function withStart(deployment: Deployment, versions: Versions, isFirstSeen: boolean): Deployment {
  const { sights, ...rest } = deployment;
  const { id } = rest.revision;
  const publishedAt = versions.get(id.startsWith(LATEST) ? LATEST : id)?.modifiedAt;
  if (publishedAt === undefined) return deployment;
  if (isFirstSeen || isAfter(publishedAt, rest.startedAt)) return { ...rest, startedAt: publishedAt };
  if (sights === undefined || !isAfter(publishedAt, sights.notBefore)) return deployment;
  return { ...rest, sights: { ...sights, notBefore: publishedAt } };
}

function condemnationsIn(entries: readonly Entry[], contents: Contents): readonly Condemnation[] {
  return condemnedIn(entries).map(({ revision, condemnedAt }) => ({
    content: contentOf(revision.id, contents),
    at: condemnedAt,
  }));
}
