import { MODES } from '../../../../src/aws/opted-in.ts';
import { createRota } from '../../../../src/aws/rota.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import type { ObservedDeployment, Page, Seen, Sight, Unit } from '../../../../src/targets/kind.ts';
import type { AutoScaling, Group } from '../autoscaling.ts';
import { cameWithout, endedLately, inFlight } from '../recent-deployments.ts';
import { isActive } from '../status.ts';
import { CHANGED, IN_TURN } from './shares.ts';

/** Sees groups, and remembers them in a warm function. */
export interface Groups {
  read(page: Page, now: Instant): Promise<readonly Seen[]>;
}

/**
 * Sees groups. A page shows what a group launches and runs, and not its refreshes. Those are read where the page shows a
 * change and while one is active, and of all other groups in turn.
 */
export function createGroups(autoscaling: Pick<AutoScaling, 'groups' | 'refreshes'>): Groups {
  const changed = createRota(CHANGED.callsPerMinute);
  const inTurn = createRota(IN_TURN.callsPerMinute);
  /** Groups whose refreshes are to be read at the next sight. */
  const again = new Set<string>();

  const observed = async (
    group: Group,
    sight: Sight,
    isDue: boolean,
  ): Promise<readonly ObservedDeployment[]> => {
    const { name } = group;
    // A turn of the others is taken already.
    if (!isDue && !changed.isTurnOf(name, 1, sight.at)) {
      again.add(name);
      return [];
    }
    const wasMoving = again.has(name);
    const refreshes = await autoscaling.refreshes(name);
    if (refreshes.some(({ status }) => isActive(status))) again.add(name);
    else again.delete(name);
    const known = [...inFlight(group, refreshes, sight), ...endedLately(group, refreshes, sight)];
    return sight.isNew || wasMoving ? [...known, ...(await cameWithout(group, refreshes, sight))] : known;
  };

  const seenOf = (unit: Unit, group: Group, now: Instant): Seen => {
    const isMoving = again.has(group.name);
    const isDue = !isMoving && inTurn.isTurnOf(group.name, 1, now);
    const content = contentOf(group);
    const seen = { unit, target: `asg:${group.name}`, content, isMoving, isDue };
    return { ...seen, observed: (sight) => observed(group, sight, isDue) };
  };

  return {
    read: async (page, now) => {
      const found = await autoscaling.groups(page.map(({ name }) => name));
      const byName = new Map(found.filter(isOptedIn).map((group) => [group.name, group]));
      return page.flatMap((unit) => {
        const group = byName.get(unit.name);
        return group === undefined ? [] : [seenOf(unit, group, now)];
      });
    },
  };
}

/** Says whether a group has the tag still: the list of the tagged ones may be some minutes old. */
function isOptedIn({ tags }: Group): boolean {
  return MODES.includes(tags['lastgood'] ?? '');
}

/** Returns what a group launches and runs. A refresh replaces instances, one by one. */
function contentOf({ saved, desired, instances, isLeaving }: Group): string {
  const running = instances.map(({ id, revision, lifecycle }) => `${id} ${revision} ${lifecycle}`).toSorted();
  return JSON.stringify([saved, desired, isLeaving, running]);
}
