import { isNamed } from '../../../../src/aws/errors.ts';
import type { OnRung } from '../../../../src/rollback/document.ts';
import type { RevertResult } from '../../../../src/rollback/mechanism.ts';
import { goneAs, isStaying } from '../supported.ts';
import { serviceOf, type ServiceName } from '../../../../src/targets/kinds/ecs/target.ts';
import { setsIn } from '../task-sets/sets-in.ts';
import type { TaskSet } from '../task-sets/task-sets.ts';
import { attached, moved } from '../traffic/weights.ts';
import type { Memo } from './memo.ts';
import { newerThan } from './newer.ts';
import { externalIdOf } from './external-id.ts';
import { positionOf } from './position.ts';
import { NEW_TASK_SET } from './rungs.ts';
import { stageOf, toAttach, toMove, type Position } from './stages.ts';
import { isBegun, noting, type Writers } from './touched.ts';

/** Error codes which mean that a task set cannot be made or changed, or no longer: this rung fails, another may not. */
const REFUSALS = [
  'InvalidParameterException',
  'ClientException',
  'LimitExceededException',
  'PlatformTaskDefinitionIncompatibilityException',
  'PlatformUnknownException',
  'UnsupportedFeatureException',
  'NamespaceNotFoundException',
  'ServiceNotActiveException',
  'ServiceNotFoundException',
  'ClusterNotFoundException',
  'TaskSetNotFoundException',
];

/**
 * Makes the changes that are possible now. Those that need more capacity first are left to the next call, after
 * `settled` answers `due`.
 */
export function revertWith(clients: Writers): (rollback: OnRung<Memo>) => Promise<RevertResult> {
  return async (rollback) => {
    const made = { writes: false };
    const note = () => {
      made.writes = true;
    };
    try {
      return await goBack(rollback, noting(clients, note), note);
    } catch (error) {
      if (!isNamed(error, ...REFUSALS)) throw error;
      return {
        state: 'failed',
        reason: `${error.name}: ${error.message}`,
        ...(made.writes && { touched: true }),
      };
    }
  };
}

async function goBack(rollback: OnRung<Memo>, clients: Writers, note: () => void): Promise<RevertResult> {
  const name = serviceOf(rollback.request.target);
  const { atFault, old, places } = rollback.plan.memo;
  const service = await clients.ecs.service(name);
  if (service === null || !isStaying(service)) return { state: 'failed', reason: goneAs(service) };
  const sets = await setsIn(service, old === null ? [atFault] : [atFault, old], clients.taskSets, name);
  const ownId = externalIdOf(rollback.execution);
  const [newer] = newerThan(sets, rollback.plan, ownId);
  if (newer !== undefined) return { state: 'failed', reason: `a newer task set took over: ${newer.arn}` };
  const set = findSet(rollback, sets) ?? (await createSet(rollback, name, clients));
  if (set === null) return { state: 'failed', reason: 'the task set to go back to is gone' };
  const position = await positionOf(service, set, sets, places, clients.balancer);
  if (isBegun(position, ownId)) note();
  await step(name, position, clients);
  return { state: 'started', deployment: set.arn };
}

function findSet({ plan, rung, execution }: OnRung<Memo>, sets: readonly TaskSet[]): TaskSet | undefined {
  if (plan.rungs[rung]?.name === NEW_TASK_SET)
    return sets.find(({ externalId }) => externalId === externalIdOf(execution));
  return sets.find(({ arn }) => arn === plan.memo.old);
}

async function createSet(
  { plan, rung, execution }: OnRung<Memo>,
  name: ServiceName,
  { taskSets }: Writers,
): Promise<TaskSet | null> {
  const { settings } = plan.memo;
  if (plan.rungs[rung]?.name !== NEW_TASK_SET || settings === null) return null;
  return taskSets.create(name, settings, externalIdOf(execution));
}

async function step(name: ServiceName, position: Position, clients: Writers): Promise<void> {
  const { taskSets, balancer } = clients;
  const { set } = position;
  switch (stageOf(position)) {
    case 'prepare':
      for (const { forwarding, moves } of toAttach(position))
        await balancer.change(forwarding, moves.reduce(attached, forwarding.actions));
      if (set.scale < 100) await taskSets.scaleUp(name, set.arn);
      return;
    case 'take-over':
      // Moves users first: the primary mark only shows which task set serves, and does not move traffic.
      for (const { forwarding, moves } of toMove(position))
        await balancer.change(forwarding, moves.reduce(moved, forwarding.actions));
      if (!set.isPrimary) await taskSets.makePrimary(name, set.arn);
      return;
    default:
      return;
  }
}
