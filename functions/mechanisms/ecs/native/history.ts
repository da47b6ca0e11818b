import { condemnedIds, provenIds } from '../../../../src/ledger/among.ts';
import type { Entry } from '../../../../src/ledger/ledger.ts';
import { MAX_RECENT_DEPLOYMENTS } from '../../../../src/rollback/plan.ts';
import type { Contents } from '../content.ts';
import type { DeploymentLine, Ecs, Service, ServiceDeployment } from '../ecs.ts';
import { newestFirst } from '../newest-first.ts';
import { revisionsOf, type Revisions } from '../revisions.ts';
import { deployedBefore } from './candidates.ts';
import type { Described } from './recent.ts';
import { standingOf, type Standing } from './standing.ts';

/** What a service deployed, as far as it matters for a plan. */
export interface History {
  /** Newest first. */
  readonly lines: readonly DeploymentLine[];
  /** The last ones, newest first. */
  readonly described: Described;
  readonly standing: Standing;
  readonly revisions: Revisions;
}

/** The facts from which it is read. */
export interface Facts {
  readonly service: Service;
  readonly listed: readonly DeploymentLine[];
  readonly entries: readonly Entry[];
  readonly kept: Contents;
  /** The revision that the request names. */
  readonly requested: string | undefined;
}

/** How many proven revisions are read with the first call, because each may be the last known good. */
const MAX_PROVEN_AT_FIRST = 6;

/**
 * Reads the last deployments and, beside them, the revisions that matter most: the list and the ledger name nearly all.
 * A second call reads those that only the deployments name, and condemned ones that the first had no room for. Returns
 * null if ECS remembers no deployment.
 */
export async function historyOf(facts: Facts, ecs: Ecs): Promise<History | null> {
  const revisions = revisionsOf(ecs);
  const [described] = await Promise.all([lastOf(facts, ecs), revisions.read(firstOf(facts))]);
  const lines = newestFirst([...facts.listed, ...described.filter((one) => !isListed(one, facts))]);
  const [newest, ...older] = described;
  if (newest === undefined || newest.arn !== lines[0]?.arn) return null;
  const standing = standingOf(newest, lines);
  const needed = [...idsOf([newest, ...older], standing), ...uncompared(facts)];
  if (needed.some((id) => id !== '' && !revisions.wasRead(id)))
    await revisions.read([...needed, ...mayBeGood(lines, facts, newest)]);
  return { lines, described: [newest, ...older], standing, revisions };
}

/**
 * Reads the last deployments in one call, newest first. The service's current deployment is among them even if the list
 * lacks it, because that is eventually consistent.
 */
async function lastOf(facts: Facts, ecs: Ecs): Promise<readonly ServiceDeployment[]> {
  const last = facts.listed.slice(0, MAX_RECENT_DEPLOYMENTS).map(({ arn }) => arn);
  const { currentDeployment: current } = facts.service;
  const isMissing = current !== null && !isListed({ arn: current }, facts);
  return newestFirst(await ecs.describedDeployments(isMissing ? [...last, current] : last));
}

function isListed({ arn }: Pick<DeploymentLine, 'arn'>, { listed }: Facts): boolean {
  return listed.some((line) => line.arn === arn);
}

/** Returns the revisions to read first, most important first. */
function firstOf(facts: Facts): readonly string[] {
  const { service, listed, entries, requested } = facts;
  const [newest, ...older] = listed.map(({ revision }) => revision);
  return [
    ...(requested === undefined ? [] : [requested]),
    ...(newest === undefined ? [] : [newest]),
    ...service.revisions.map(({ revision }) => revision),
    ...(requested === undefined ? provenIds(entries).slice(0, MAX_PROVEN_AT_FIRST) : []),
    ...older.slice(0, MAX_RECENT_DEPLOYMENTS),
    ...uncompared(facts),
    ...condemnedIds(entries),
    ...older,
  ];
}

/** Returns the condemned revisions of which the ledger keeps no content, newest first. */
function uncompared({ entries, kept }: Facts): readonly string[] {
  return [...condemnedIds(entries)].filter((id) => !kept.has(id));
}

function mayBeGood(
  lines: readonly DeploymentLine[],
  { entries, requested }: Facts,
  newest: ServiceDeployment,
): readonly string[] {
  return requested === undefined ? [...provenIds(entries), ...deployedBefore(lines, newest)] : [];
}

/** Returns the revisions that were deployed or rolled back to, and those that ran before the newest deployment. */
function idsOf([newest, ...older]: Described, { from, awsGoesTo: native }: Standing): readonly string[] {
  const deployed = [newest, ...older].flatMap(({ revision, rollbackRevision }) => [
    revision,
    rollbackRevision,
  ]);
  const before = newest.sources.map(({ revision }) => revision);
  return [from, native, ...deployed, ...before].filter((id) => id !== null);
}
