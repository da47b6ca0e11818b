import { nameOf } from '../ecs.ts';
import { targetGroupsOf } from '../task-sets/task-sets.ts';
import { astray } from '../traffic/astray.ts';
import type { Balancer } from '../traffic/balancer.ts';
import { weightsIn } from '../traffic/weights.ts';
import type { Standing } from './standing.ts';
import type { Survey } from './survey.ts';

/** Returns why users do not reach what runs, or null. During a deployment the weights are CodeDeploy's own. */
export async function astrayIn(
  { sets }: Survey,
  { state, atFault }: Standing,
  { of }: Pick<Balancer, 'of'>,
): Promise<string | null> {
  const { listeners, groups } = atFault;
  const isAtRest = state === 'at-rest' || state === 'went-back';
  const primary = sets.find(({ isPrimary }) => isPrimary);
  if (!isAtRest || listeners.length === 0 || primary === undefined) return null;
  const isOwn = (group: string) => groups.includes(group.split('/')[1] ?? '');
  const all = await of(listeners);
  const own = all.filter(({ actions }) => [...weightsIn(actions).keys()].some(isOwn));
  return astray({
    forwardings: own,
    serving: [...new Set(sets.flatMap(targetGroupsOf))],
    isOwn,
    runs: nameOf(primary.settings.taskDefinition),
  });
}
