import { logger } from '../../../../src/lambda/logger.ts';
import { condemnedIds } from '../../../../src/ledger/among.ts';
import type { Entry, KeptRevision, ObservedRevision } from '../../../../src/ledger/ledger.ts';
import type { Revision } from '../../../../src/rollback/plan.ts';
import type { Deployed } from '../../../../src/targets/kind.ts';
import { serviceOf } from '../../../../src/targets/kinds/ecs/target.ts';
import { condemnedAmong } from '../condemned.ts';
import { contentsOf, keptContents, mayBeSame, type Contents } from '../content.ts';
import { definitionsOf } from '../definitions.ts';
import { deployedRevision } from '../deployed.ts';
import type { Service, ServiceRevision } from '../ecs.ts';
import { describeRevisions, toRevision } from '../revisions.ts';
import { isStaying } from '../supported.ts';
import { twinOf } from '../task-sets/history.ts';
import { deployed as ofTaskSet } from '../task-sets/reconcile.ts';
import { contentsOfDefinitions } from '../task-sets/revisions.ts';
import { uncompared, type Reads } from './ahead.ts';

/** Returns the present state of one deployment. Null: its service is gone, or its revision is unknown. */
export async function deployed(reads: Reads, observed: ObservedRevision): Promise<Deployed | null> {
  const described = await reads.service(serviceOf(observed.target));
  if (described === null || !isStaying(described.service)) return null;
  const { service, sets } = described;
  const entries = await reads.entries(observed.target);
  if (service.controller !== 'ECS') {
    const found = ofTaskSet(sets, service, observed);
    return found && { ...found, revision: await asCondemned(reads, found.revision, entries) };
  }
  const found = await deployedRevision(reads, observed, service);
  if (found === null) return null;
  const revision = await namedInLedger(reads, found, entries);
  return { revision, runs: standing(service, found.arn), tags: service.tags, alarms: service.alarms };
}

/**
 * Returns a revision with its content, under its condemned id if that content was condemned under another one. Such a
 * revision is never proven. The ledger keeps the content, so that a plan need not read it.
 */
async function namedInLedger(
  reads: Pick<Reads, 'revisions' | 'taskDefinition'>,
  found: ServiceRevision,
  entries: readonly Entry[],
): Promise<KeptRevision> {
  const bad = await describeRevisions(reads, uncompared(entries));
  const revisions = new Map([...bad, [found.arn, found]]);
  const kept = keptContents(entries);
  const definitions = definitionsOf(reads, Infinity);
  const alike = alikeAmong(found, bad, kept, entries);
  const own = [found.configuration.taskDefinition];
  if (alike === null) await definitions.read(own).catch(leaveUnknown);
  else await definitions.read([...own, ...alike]);
  const contents = new Map([...kept, ...contentsOf(revisions.values(), definitions.settings())]);
  const id = condemnedAmong({ revisions, entries, contents }).get(found.arn) ?? found.arn;
  const content = contents.get(found.arn);
  return { ...toRevision(found.arn, revisions), id, ...(content !== undefined && { content }) };
}

/**
 * Returns the task definitions of condemned revisions that differ in nothing else. Null: no condemned revision may be
 * the same, so the revision's own task definition need not be compared.
 */
function alikeAmong(
  found: ServiceRevision,
  bad: ReadonlyMap<string, ServiceRevision>,
  kept: Contents,
  entries: readonly Entry[],
): readonly string[] | null {
  const shapes = new Map([...kept, ...contentsOf([found, ...bad.values()], new Map())]);
  const same = [...condemnedIds(entries)].filter((id) => mayBeSame(shapes.get(id), shapes.get(found.arn)));
  if (same.length === 0) return null;
  return same.flatMap((id) => bad.get(id)?.configuration.taskDefinition ?? []);
}

/** Nothing depends on this content now. Without it, a plan reads the task definition. */
function leaveUnknown(error: unknown): void {
  logger.warn('content not kept', error as Error);
}

/** Compares task definitions, because a service that ECS does not deploy has no service revisions. */
async function asCondemned(
  reads: Pick<Reads, 'taskDefinition'>,
  revision: Revision,
  entries: readonly Entry[],
): Promise<KeptRevision> {
  const [condemned, kept] = [condemnedIds(entries), keptContents(entries)];
  const definitions = definitionsOf(reads, Infinity);
  await definitions.read([revision.id, ...uncompared(entries)]);
  const contents = contentsOfDefinitions([revision.id, ...condemned], definitions, kept);
  const content = contents.get(revision.id);
  return {
    ...revision,
    id: twinOf(revision.id, condemned, contents),
    ...(content !== undefined && { content }),
  };
}

function standing({ revisions }: Service, id: string): Deployed['runs'] {
  const runs = revisions.some(({ revision, running }) => revision === id && running > 0);
  const others = revisions.some(
    ({ revision, running, requested }) => revision !== id && running + requested > 0,
  );
  if (runs === others) return 'unclear';
  return runs ? 'alone' : 'gone';
}
