import { MODES } from '../../../src/aws/opted-in.ts';
import type { Entry, Ledger } from '../../../src/ledger/ledger.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { secondsBetween } from '../../../src/rollback/time.ts';
import type { DeploymentSighting } from '../../../src/targets/kind.ts';
import type { AutoScaling, Group, Refresh } from './autoscaling.ts';
import { revisionsOf, type Results } from './results.ts';
import { idOf, mostCommonFirst } from './revision.ts';
import { isInService } from './status.ts';
import { seenId, seenIn, unexplained } from './unrefreshed.ts';

/** Events about refreshes are sent as well as AWS can, and no better; what ended longer ago was seen by an earlier sweep. */
const LATELY_SECONDS = 3600;

const ENDS: Readonly<Partial<Record<Refresh['status'], 'completed' | 'failed'>>> = {
  Successful: 'completed',
  RollbackSuccessful: 'completed',
  Failed: 'failed',
  RollbackFailed: 'failed',
};

/** Refreshes of the opted-in groups that ended lately, and versions that came to all instances without a refresh. */
export async function seen(
  autoscaling: Pick<AutoScaling, 'groups' | 'refreshes'>,
  entriesOf: Ledger['entries'],
  at: Instant,
): Promise<readonly DeploymentSighting[]> {
  const groups = await autoscaling.groups(MODES);
  const found = await Promise.all(
    groups.map(async (group) => {
      const refreshes = await autoscaling.refreshes(group.name);
      const ended = refreshes.flatMap((each) => sightingOf(group.name, each, at) ?? []);
      return [...ended, ...(await cameWithout(group, refreshes, entriesOf, at))];
    }),
  );
  return found.flat();
}

function sightingOf(name: string, refresh: Refresh, at: Instant): DeploymentSighting | null {
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

/** One sighting a version: the ledger is asked whether it knows that it is what came last. */
async function cameWithout(
  group: Group,
  refreshes: readonly Refresh[],
  entriesOf: Ledger['entries'],
  at: Instant,
): Promise<readonly DeploymentSighting[]> {
  const revision = runsAlone(group);
  if (revision === null || group.saved === null) return [];
  const known = { group, refreshes, saved: idOf(group.saved), desired: null, versions: new Map() };
  if (unexplained(known).length === 0) return [];
  const target = `asg:${group.name}`;
  if (isLast(revision, await entriesOf(target), known)) return [];
  return [{ target, deployment: seenId(revision, at), state: 'completed', at, reason: '' }];
}

/** Id of the version that all instances run, as many as are desired; null: there is none. */
function runsAlone({ instances, desired, unsupported, isLeaving }: Group): string | null {
  const inService = instances.filter(isInService);
  const [only, ...others] = mostCommonFirst(inService);
  const units = inService.reduce((sum, instance) => sum + instance.units, 0);
  const isWhole = units >= desired && inService.every(({ revision }) => revision !== null);
  if (unsupported !== null || isLeaving || !isWhole || others.length > 0) return null;
  return only ?? null;
}

/** Whether the newest entry is of this version, or of a refresh of which it is not known what it deployed. */
function isLast(revision: string, entries: readonly Entry[], known: Omit<Results, 'launched'>): boolean {
  const last = entries.find(({ state }) => state !== 'condemned');
  if (last === undefined || last.state === 'condemned') return false;
  if (last.state === 'proven') return last.revision.id === revision;
  const at = known.refreshes.findIndex(({ id }) => id === last.deployment);
  const deployed = at < 0 ? seenIn(last.deployment) : revisionsOf({ ...known, launched: new Map() })[at];
  return deployed === null || deployed === revision;
}
