import type { Forwarding, Tagged } from '../traffic/balancer.ts';
import { weightsIn } from '../traffic/weights.ts';
import { targetGroupsOf, type Settings, type TaskSet } from '../task-sets/task-sets.ts';
import { CONSENT, consents } from '../../../../src/rollback/consent.ts';

/** Returns why the traffic of a task set cannot be moved at all, or null. */
export function obstacleTo(atFault: TaskSet, forwardings: readonly Tagged[]): string | null {
  if (targetGroupsOf(atFault).length === 0)
    return 'its task sets are behind no load balancer, so Lastgood cannot move their traffic';
  if (forwardings.length === 0) return 'no listener forwards to the target groups of its task sets';
  const closed = forwardings.find(({ tags }) => !consents(tags));
  if (closed === undefined) return null;
  return `${closed.arn}, which sends the traffic, is not tagged ${CONSENT}, so it may not be changed`;
}

/** Returns why an older task set cannot take over the traffic, or null. */
export function obstacleToSwitch(old: TaskSet, atFault: TaskSet): string | null {
  const [theirs, its] = [targetGroupsOf(old), targetGroupsOf(atFault)];
  if (theirs.some((group) => its.includes(group)))
    return 'it is behind the same target group as the one at fault, so traffic cannot be moved between them';
  if (theirs.length !== its.length) return 'it is behind other load balancers than the one at fault';
  if (old.scale < 100 && !consents(old.tags))
    return `it was scaled down to ${old.scale} %, and may not be scaled up: it is not tagged ${CONSENT}`;
  return null;
}

/**
 * Returns the settings of a new task set: those of the one at fault, behind other target groups that its listeners know
 * and no task set uses. Null: there is not exactly one for each.
 */
export function settingsFor(
  taskDefinition: string,
  atFault: TaskSet,
  sets: readonly TaskSet[],
  forwardings: readonly Forwarding[],
): Settings | null {
  const used = new Set(sets.flatMap(targetGroupsOf));
  const loadBalancers = atFault.settings.loadBalancers.map((attachment) => {
    const beside = forwardings
      .map(({ actions }) => weightsIn(actions))
      .filter((weights) => weights.has(attachment.targetGroupArn))
      .flatMap((weights) =>
        [...weights].flatMap(([group, weight]) => (weight === 0 && !used.has(group) ? [group] : [])),
      );
    const [only, another] = [...new Set(beside)];
    return only === undefined || another !== undefined ? null : { ...attachment, targetGroupArn: only };
  });
  const found = loadBalancers.filter((one) => one !== null);
  return found.length === loadBalancers.length
    ? { ...atFault.settings, taskDefinition, loadBalancers: found }
    : null;
}
