import { nameOf } from '../ecs.ts';
import { targetGroupsOf, type TaskSet } from '../task-sets/task-sets.ts';
import type { Forwarding } from '../traffic/balancer.ts';
import { weightsIn } from '../traffic/weights.ts';
import type { Clients } from './clients.ts';
import type { Standing } from './standing.ts';
import type { Survey } from './survey.ts';

/**
 * Returns why a deployment blocks the rollback, or null. It ended half-way, for example by a stop without a rollback,
 * and its tasks kept a share of the traffic. CodeDeploy rolls back only deployments in flight. AWS does not document
 * what a new deployment does with such tasks behind the target group that it would use itself.
 */
export async function leftOver(
  { sets }: Survey,
  { state, atFault }: Standing,
  { balancer }: Pick<Clients, 'balancer'>,
): Promise<string | null> {
  if (state !== 'at-rest' || atFault.status === 'Succeeded') return null;
  const serving = sets.find(({ isPrimary }) => isPrimary);
  const left = sets.find(({ isPrimary, externalId }) => !isPrimary && externalId === atFault.id);
  if (serving === undefined || left === undefined) return null;
  const forwardings = await balancer.forwardings([...targetGroupsOf(serving), ...targetGroupsOf(left)]);
  if (!hasTraffic(left, serving, forwardings)) return null;
  const [bad, good] = [left, serving].map(({ settings }) => nameOf(settings.taskDefinition));
  return `deployment ${atFault.id} is ${atFault.status}, and the tasks of ${bad} still have traffic beside those of ${good}: CodeDeploy no longer takes it from them; set the weights of the listener back by hand`;
}

/**
 * Returns why no deployment is possible, or null. New tasks would share a target group, and its traffic, with tasks
 * that an earlier deployment left there. Left tasks that run the wanted revision are no blocker.
 */
export function leftBeside(sets: readonly TaskSet[], wanted: string): string | null {
  const left = sets.find(
    (set) => !set.isPrimary && set.settings.taskDefinition !== wanted && targetGroupsOf(set).length > 0,
  );
  if (left === undefined) return null;
  const name = nameOf(left.settings.taskDefinition);
  return `the tasks of ${name} are still behind the target group that a new deployment would use: see that no listener sends them traffic and delete task set ${left.arn} by hand`;
}

/**
 * Returns whether left tasks have traffic. A listener that sends them everything may be for tests, if another one
 * serves users.
 */
function hasTraffic(left: TaskSet, serving: TaskSet, forwardings: readonly Forwarding[]): boolean {
  const shares = forwardings.map(({ actions }) => ({
    left: isSent(actions, left),
    serving: isSent(actions, serving),
  }));
  return (
    shares.some((share) => share.left && share.serving) ||
    (shares.some((share) => share.left) && !shares.some((share) => share.serving))
  );
}

function isSent(actions: Forwarding['actions'], set: TaskSet): boolean {
  const weights = weightsIn(actions);
  return targetGroupsOf(set).some((group) => (weights.get(group) ?? 0) > 0);
}
