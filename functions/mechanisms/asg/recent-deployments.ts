import { sightBeforeChange } from '../../../src/ledger/last-sight.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { secondsBetween } from '../../../src/rollback/time.ts';
import type { ObservedDeployment, Sight } from '../../../src/targets/kind.ts';
import type { Group, Instance, Refresh } from './autoscaling.ts';
import { resultOf, revisionsOf, type Results } from './results.ts';
import { idOf, mostCommonFirst, placed } from './revision.ts';
import { isActive, isComing, isInFlight, isInService } from './status.ts';
import { observedId, observedRevision } from './observed.ts';

/** Events about refreshes are best effort. An earlier sweep has reported those that ended longer ago. */
const LATELY_SECONDS = 3600;

const ENDS: Readonly<Partial<Record<Refresh['status'], 'completed' | 'failed'>>> = {
  Successful: 'completed',
  RollbackSuccessful: 'completed',
  Failed: 'failed',
  RollbackFailed: 'failed',
};

/** Returns the refresh in flight, whose event may have been lost, by the id of that event. */
export function inFlight(
  { name }: Group,
  refreshes: readonly Refresh[],
  { at }: Pick<Sight, 'at'>,
): readonly ObservedDeployment[] {
  return refreshes
    .filter(({ status }) => isInFlight(status))
    .map(({ id: deployment, status: reason, startedAt }) => {
      const began = startedAt ?? at;
      return { target: `asg:${name}`, deployment, state: 'started', at: began, reason };
    });
}

/** Returns the refreshes of a group that ended lately. */
export function endedLately(
  { name }: Group,
  refreshes: readonly Refresh[],
  { at }: Pick<Sight, 'at'>,
): readonly ObservedDeployment[] {
  return refreshes.flatMap((each) => observedOf(name, each, at) ?? []);
}

function observedOf(name: string, refresh: Refresh, at: Instant): ObservedDeployment | null {
  const { id: deployment, status, finishedAt, reason } = refresh;
  const state = ENDS[status];
  if (state === undefined || finishedAt === null || secondsBetween(finishedAt, at) > LATELY_SECONDS)
    return null;
  return {
    target: `asg:${name}`,
    deployment,
    state,
    at: finishedAt,
    reason: reason === '' ? status : reason,
  };
}

/**
 * Returns a version that reached all instances without a refresh. Observes it once: skips it if it is the newest in the
 * ledger.
 */
export async function cameWithout(
  shown: Group,
  refreshes: readonly Refresh[],
  { at, before, entries }: Sight,
): Promise<readonly ObservedDeployment[]> {
  if (shown.saved === null) return [];
  const saved = idOf(shown.saved);
  const deployed = refreshes.flatMap(({ desired }) => (desired === null ? [] : [idOf(desired)]));
  const group = { ...shown, instances: placed(shown.instances, [saved, ...deployed]) };
  const revision = runsAlone(group);
  if (revision === null) return [];
  const known = { group, refreshes, saved, desired: null, versions: new Map(), launches: [] };
  if (unexplained(known).length === 0) return [];
  const target = `asg:${group.name}`;
  const recorded = await entries();
  if (isLast(revision, recorded, known)) return [];
  const between = { at, ...sightBeforeChange(before, recorded) };
  return [{ target, deployment: observedId(revision, at), state: 'completed', ...between, reason: '' }];
}

/** Returns the instances that no refresh explains. */
function unexplained(known: Results): readonly Instance[] {
  const [newest] = known.refreshes;
  if (newest !== undefined && isActive(newest.status)) return [];
  const failed = newest?.status === 'Successful' ? [] : revisionsOf(known).slice(0, 1);
  const explained = [resultOf(known), ...failed];
  return known.group.instances.filter(
    (instance) => isComing(instance) && instance.revision !== null && !explained.includes(instance.revision),
  );
}

/**
 * Returns the id of the version that all desired instances run. Null: there is none, or another version is on its way.
 * An observed revision must not be later than the first launch of the next one.
 */
function runsAlone({ instances, desired, unsupported, isLeaving }: Group): string | null {
  const inService = instances.filter(isInService);
  const [only, ...others] = mostCommonFirst(instances.filter(isComing));
  const units = inService.reduce((sum, instance) => sum + instance.units, 0);
  const isWhole = units >= desired && inService.every(({ revision }) => revision !== null);
  if (unsupported !== null || isLeaving || !isWhole || others.length > 0) return null;
  return only ?? null;
}

/** Returns whether the newest entry is of this version, or of a refresh with an unknown version. */
function isLast(revision: string, entries: readonly Entry[], known: Results): boolean {
  const last = entries.find(({ state }) => state !== 'condemned');
  if (last === undefined || last.state === 'condemned') return false;
  if (last.state === 'proven') return last.revision.id === revision;
  const at = known.refreshes.findIndex(({ id }) => id === last.deployment);
  const deployed = at < 0 ? observedRevision(last.deployment) : revisionsOf(known)[at];
  return deployed === null || deployed === revision;
}
