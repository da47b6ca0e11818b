import { inBatches, readBatches } from '../../../../src/aws/batches.ts';
import { createBudget, within } from '../../../../src/aws/budget.ts';
import { settledOf } from '../../../../src/aws/each.ts';
import type { ObservedRevision } from '../../../../src/ledger/ledger.ts';
import type { Deployed } from '../../../../src/targets/kind.ts';
import { groupOf } from '../../../../src/targets/kinds/asg/target.ts';
import {
  type LaunchTemplateRef,
  launchTemplateRefOf,
} from '../../../../src/targets/kinds/asg/launch-template.ts';
import { MAX_GROUPS, type AutoScaling, type Group, type Refresh } from '../autoscaling.ts';
import type { Ec2 } from '../ec2.ts';
import { observedRevision } from '../observed.ts';
import { isOf, revisionOf } from '../revision.ts';
import { isInService } from '../status.ts';
import { PROOFS } from './shares.ts';

interface Reads {
  readonly autoscaling: Pick<AutoScaling, 'groups' | 'refreshes'>;
  readonly ec2: Pick<Ec2, 'version'>;
}

/** Reads instance refreshes, and versions that were deployed without one. Groups are read by a hundred. */
export async function deployedAmong(
  { autoscaling, ec2 }: Reads,
  observed: readonly ObservedRevision[],
): Promise<readonly PromiseSettledResult<Deployed | null>[]> {
  const budget = createBudget(PROOFS.callsPerMinute);
  const asked = <T>(call: () => Promise<T>) => within(budget, PROOFS.quota, call);
  const names = [...new Set(observed.map(({ target }) => groupOf(target)))];
  const groups = await readBatches(
    inBatches(names, MAX_GROUPS),
    (name) => name,
    async (some) =>
      new Map((await asked(() => autoscaling.groups(some))).map((group) => [group.name, group])),
  );
  const refreshes = (name: string) => asked(() => autoscaling.refreshes(name));
  return settledOf(observed, async (one) => deployed(groups(groupOf(one.target)), { refreshes, ec2 }, one));
}

async function deployed(
  group: Group | null,
  { refreshes: refreshesOf, ec2 }: Pick<AutoScaling, 'refreshes'> & Pick<Reads, 'ec2'>,
  { deployment }: ObservedRevision,
): Promise<Deployed | null> {
  if (group === null || group.isLeaving) return null;
  const came = launchTemplateRefOf(observedRevision(deployment) ?? '');
  const refreshes = came === null ? await refreshesOf(group.name) : [];
  const refresh = refreshes.find(({ id }) => id === deployment);
  const choice = refresh === undefined ? came : deployedBy(refresh, refresh === refreshes[0], group);
  const version = choice === null ? null : await ec2.version(choice);
  if (version === null) return null;
  const revision = revisionOf(version);
  return { revision, runs: standing(group, revision.id), tags: group.tags, alarms: refresh?.alarms ?? [] };
}

/**
 * Returns what a refresh deployed. Without a desired configuration it is the group's own version, if no refresh
 * followed.
 */
function deployedBy(
  { status, desired }: Refresh,
  isNewest: boolean,
  { saved }: Group,
): LaunchTemplateRef | null {
  if (status === 'Successful' && desired !== null) return desired;
  const isSaved = status === 'Successful' || status === 'RollbackSuccessful';
  return isSaved && isNewest ? saved : null;
}

function standing({ instances }: Group, wanted: string): Deployed['runs'] {
  const inService = instances.filter(isInService);
  const others = inService.filter(({ revision }) => !isOf(revision, wanted)).length;
  if (inService.length === 0 || (others > 0 && others < inService.length)) return 'unclear';
  return others === 0 ? 'alone' : 'gone';
}
