import { nameOf } from '../ecs.ts';
import { targetGroupsOf, type TaskSet } from '../task-sets/task-sets.ts';
import type { Forwarding } from '../traffic/balancer.ts';
import { weightsIn } from '../traffic/weights.ts';
import type { Clients } from './clients.ts';
import type { Standing } from './standing.ts';
import type { Survey } from './survey.ts';

/**
 * Why nothing can be done about a deployment that ended on its way, by a stop without a rollback say, and left its tasks a
 * share of the traffic; null: it left none. CodeDeploy takes back only what is under way, and what a new deployment does
 * about such tasks, behind the target group that it would use itself, is not documented.
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
 * Why nothing can be deployed, for whatever is comes up behind the target group of tasks that were left there, and takes
 * traffic together with them; null: none were left but such as run what is wanted.
 */
export function leftBeside(sets: readonly TaskSet[], wanted: string): string | null {
  const left = sets.find(
    (set) => !set.isPrimary && set.settings.taskDefinition !== wanted && targetGroupsOf(set).length > 0,
  );
  if (left === undefined) return null;
  const name = nameOf(left.settings.taskDefinition);
  return `the tasks of ${name} are left behind the target group that a new deployment would take: see that no listener sends them traffic and delete task set ${left.arn} by hand`;
}

/** A listener that sends everything there may be the one for tests, as long as another serves what is to serve. */
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
