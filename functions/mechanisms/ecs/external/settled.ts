import type { InReversion } from '../../../../src/rollback/document.ts';
import { gone } from '../../../../src/rollback/gone.ts';
import type { Poll } from '../../../../src/rollback/mechanism.ts';
import { nameOf } from '../ecs.ts';
import { quoting } from '../messages.ts';
import { goneAs, isStaying } from '../supported.ts';
import { serviceOf } from '../../../../src/targets/kinds/ecs/target.ts';
import { setsIn } from '../task-sets/sets-in.ts';
import { targetGroupsOf, type TaskSet } from '../task-sets/task-sets.ts';
import { weightsIn } from '../traffic/weights.ts';
import { watchedGroups } from '../watch.ts';
import type { Clients } from './clients.ts';
import { newerThan } from './newer.ts';
import { externalIdOf } from './external-id.ts';
import { positionOf } from './position.ts';
import { stageOf, type Position } from './stages.ts';
import type { Memo } from './memo.ts';

/** Polls the task set that goes back: its capacity, its traffic and its primary mark. */
export function settledWith(
  clients: Pick<Clients, 'ecs' | 'taskSets' | 'balancer'>,
): (rollback: InReversion<Memo>) => Promise<Poll> {
  return async (rollback) => {
    const { request, plan, reverted, execution } = rollback;
    const name = serviceOf(request.target);
    const service = await clients.ecs.service(name);
    if (service === null || !isStaying(service)) return gone(goneAs(service));
    const sets = await setsIn(service, [reverted.deployment], clients.taskSets, name);
    const [newer] = newerThan(sets, plan, externalIdOf(execution));
    if (newer !== undefined) {
      const reason = `a newer task set was created at ${newer.createdAt}`;
      return { state: 'overtaken', by: newer.arn, reason };
    }
    const set = sets.find(({ arn }) => arn === reverted.deployment);
    if (set === undefined) return { state: 'failed', reason: `task set ${reverted.deployment} is gone` };
    const position = await positionOf(service, set, sets, plan.memo.places, clients.balancer);
    const poll = pollOf(position, rollback);
    return quoting(poll, service, reverted.at);
  };
}

function pollOf(position: Position, { plan, settled }: InReversion<Memo>): Poll {
  const { service, set, healthy } = position;
  const count = `${healthy} of ${service.desired} tasks of ${plan.to.name} are healthy`;
  const step = stageOf(position);
  if (step === 'done')
    return {
      state: 'settled',
      summary: `${count}, with all the traffic, as the primary task set`,
      // A new task set is behind another group than the old one, for which the plan was made.
      targetGroups: watchedGroups(service, targetGroupsOf(set)),
    };
  if (step === 'wait') return { state: 'pending', summary: count };
  // Settled before, it had all the traffic, so a pipeline or an operator took that away.
  if (settled?.state === 'settled') return overtaken(position, plan.to.name);
  return {
    state: 'due',
    summary:
      step === 'prepare'
        ? `${count}; it must be scaled up or attached first`
        : `${count}; traffic can go back`,
  };
}

/** Names the revision that serves instead: by its traffic, else by the primary mark. */
function overtaken(position: Position, to: string): Poll {
  const { others, set } = position;
  const served = others.find((other) => hasTraffic(other, position));
  const instead = served ?? others.find(({ isPrimary }) => isPrimary);
  const by = instead === undefined ? set.arn : nameOf(instead.settings.taskDefinition);
  if (served !== undefined) return { state: 'overtaken', by, reason: `traffic was given to ${by} again` };
  if (instead !== undefined) return { state: 'overtaken', by, reason: `${by} was made primary again` };
  return { state: 'overtaken', by, reason: `the task set of ${to} lost its traffic or primary mark` };
}

function hasTraffic(set: TaskSet, { forwardings }: Position): boolean {
  const groups = targetGroupsOf(set);
  return forwardings.some(({ actions }) => groups.some((group) => (weightsIn(actions).get(group) ?? 0) > 0));
}
