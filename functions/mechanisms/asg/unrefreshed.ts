import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter, secondsBetween } from '../../../src/rollback/time.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Group, Refresh } from './autoscaling.ts';
import { resultOf, revisionsOf, type Results } from './results.ts';
import { GOES_ON_SECONDS, type Rollout } from './rollouts.ts';
import { observedRollouts, observedId } from './observed.ts';
import { isActive, isComing, isInService, isLeaving } from './status.ts';

/*
 * CloudFormation's rolling update sets a version on the group and ends its instances. AWS keeps no record of it as a
 * deployment: only the instances' versions and launch times show it. When CloudFormation rolls back, it ends only
 * instances of the other version. So old instances of a version run beside new ones.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatepolicy.html
 */

/** A version that instances were launched from, or that was observed on the group. Null: unknown. */
interface Sign {
  readonly at: Instant;
  readonly revision: string | null;
  readonly isLaunch: boolean;
}

/** Launches of one version that the group did not have before, up to the next version. */
interface Run {
  readonly revision: string;
  readonly launches: readonly Instant[];
}

interface Walk {
  readonly runs: readonly Run[];
  /** Id of the version that the group has then; null: unknown. */
  readonly held: string | null;
  /** The next launch continues the last run. */
  readonly isOpen: boolean;
}

/** Returns the rollouts that launches show without a refresh, newest first. */
export function unrefreshed(known: Results, entries: readonly Entry[], now: Instant): readonly Rollout[] {
  const steps = [
    ...stepsOf(known),
    ...observedRollouts(entries).map(({ startedAt, revision }) => signOf(startedAt, revision)),
  ];
  const inOrder = steps.toSorted((one, other) => secondsBetween(other.at, one.at));
  const { runs, held, isOpen } = inOrder.reduce(walk, { runs: [], held: null, isOpen: false });
  const isFree = !known.refreshes.some(({ status }) => isActive(status));
  const rollouts = runs.map((run, at) => seenTo(run, isFree && isOpen && at === runs.length - 1, known, now));
  return [...(isFree && isDue(known, held) ? [dueIn(known, now)] : []), ...rollouts.toReversed()];
}

/** Returns what refreshes left on the group, and what was launched outside of them. */
function stepsOf(known: Results): readonly Sign[] {
  const { refreshes, launches } = known;
  const revisions = revisionsOf(known);
  const left = refreshes.flatMap(({ status, finishedAt, desired }, at) => {
    // A failed refresh changed nothing on the group. One without a desired configuration deployed the group's own
    // version.
    if (finishedAt === null || (!status.endsWith('Successful') && desired !== null)) return [];
    const wentBack = status === 'RollbackSuccessful';
    return [signOf(finishedAt, wentBack ? resultOf(known, at) : (revisions[at] ?? null))];
  });
  const outside = launches.filter(({ at }) => !refreshes.some((refresh) => isWithin(at, refresh)));
  return [...left, ...outside.map(({ at, revision }) => ({ at, revision, isLaunch: true }))];
}

function signOf(at: Instant, revision: string | null): Sign {
  return { at, revision, isLaunch: false };
}

/** Returns whether a launch belongs to a refresh. */
function isWithin(at: Instant, { startedAt, finishedAt }: Refresh): boolean {
  if (startedAt === null || isAfter(startedAt, at)) return false;
  return finishedAt === null || !isAfter(at, finishedAt);
}

function walk({ runs, held, isOpen }: Walk, { at, revision, isLaunch }: Sign): Walk {
  const last = runs.at(-1);
  if (!isLaunch) return { runs, held: revision, isOpen: isOpen && last?.revision === revision };
  if (revision === null) return { runs, held, isOpen };
  if (revision !== held)
    return { runs: [...runs, { revision, launches: [at] }], held: revision, isOpen: true };
  if (!isOpen || last === undefined) return { runs, held, isOpen };
  return { runs: [...runs.slice(0, -1), { revision, launches: [...last.launches, at] }], held, isOpen };
}

function seenTo(
  { revision, launches }: Run,
  isLast: boolean,
  { group, saved }: Results,
  now: Instant,
): Rollout {
  const startedAt = launches[0] ?? now;
  const finishedAt = launches.reduce(
    (end, at) => (secondsBetween(end, at) < GOES_ON_SECONDS ? at : end),
    startedAt,
  );
  const inService = group.instances.filter(isInService);
  const isAlone = inService.length > 0 && inService.every((instance) => instance.revision === revision);
  const isRecent = secondsBetween(finishedAt, now) < GOES_ON_SECONDS;
  const goesOn = isLast && revision === saved && !isAlone && isRecent;
  return {
    id: observedId(revision, startedAt),
    state: goesOn ? 'in-flight' : 'completed',
    startedAt,
    finishedAt: goesOn ? null : finishedAt,
    revision,
    isSeen: true,
  };
}

/** Returns whether the group is about to launch another version: it ended an instance and has not replaced it yet. */
function isDue({ group, saved }: Results, held: string | null): boolean {
  const { instances, desired, suspended } = group;
  if (held === null || saved === held || suspended.includes('Launch')) return false;
  const isEnding = instances.some((one) => isLeaving(one) && one.revision !== saved);
  return isEnding && unitsOf(instances.filter(isComing)) < desired;
}

function unitsOf(instances: Group['instances']): number {
  return instances.reduce((sum, { units }) => sum + units, 0);
}

function dueIn({ saved }: Results, now: Instant): Rollout {
  return {
    id: observedId(saved, now),
    state: 'in-flight',
    startedAt: now,
    finishedAt: null,
    revision: saved,
    isSeen: true,
  };
}
