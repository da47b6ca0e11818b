import type { InReversion, Look } from '../../../../src/rollback/document.ts';
import type { Service } from '../ecs.ts';
import { STOP_DEPLOYMENT } from '../rungs.ts';
import { goneAs, isStaying } from '../supported.ts';
import { serviceOf } from '../target.ts';
import type { TaskSet } from '../task-sets/task-sets.ts';
import type { Clients } from './clients.ts';
import { isInFlight, type CodeDeployment } from './code-deploy.ts';
import { newerDeployments } from './newer.ts';

type Readers = Pick<Clients, 'ecs' | 'taskSets' | 'codeDeploy'>;

/** Looks once at the deployment that goes back, by its id, and at the task set that serves. */
export function settledWith({
  ecs,
  taskSets,
  codeDeploy,
}: Readers): (rollback: InReversion) => Promise<Look> {
  return async (rollback) => {
    const { request, plan, reverted, rung } = rollback;
    const name = serviceOf(request.target);
    const [service, sets, newer, told] = await Promise.all([
      ecs.service(name),
      taskSets.of(name),
      newerDeployments(codeDeploy, plan),
      codeDeploy.deployment(reverted.deployment),
    ]);
    if (service === null || !isStaying(service)) return { state: 'failed', reason: goneAs(service) };
    if (told === null)
      return { state: 'failed', reason: `CodeDeploy no longer knows deployment ${reverted.deployment}` };
    const [newest] = newer;
    if (newest !== undefined && newest.id !== told.id)
      return {
        state: 'overtaken',
        by: newest.id,
        reason: `a newer deployment was created at ${newest.createdAt}`,
      };
    if (plan.rungs[rung]?.name !== STOP_DEPLOYMENT) return redeployed(told, sets, service, rollback);
    const by = told.rolledBackBy === null ? null : await codeDeploy.deployment(told.rolledBackBy);
    return by === null ? notYet(told) : rolledBack(by, sets, service, rollback);
  };
}

function notYet({ status }: CodeDeployment): Look {
  return status === 'Succeeded'
    ? { state: 'failed', reason: 'the deployment succeeded before it could be stopped' }
    : { state: 'pending', summary: 'CodeDeploy has not begun to roll back yet' };
}

/** CodeDeploy's own rollback gives the traffic back to the task set that still runs. */
function rolledBack(
  by: CodeDeployment,
  sets: readonly TaskSet[],
  service: Service,
  rollback: InReversion,
): Look {
  if (isInFlight(by)) return { state: 'pending', summary: progress(sets, service, rollback) };
  if (by.status !== 'Succeeded') return ended(by, `the rollback of CodeDeploy, ${by.id},`);
  return serves(primaryOf(sets), sets, service, rollback);
}

/**
 * A deployment of ours goes on for as long as the group lets the old tasks live, up to two days. It is there once its own
 * task set is the primary one.
 */
function redeployed(
  ours: CodeDeployment,
  sets: readonly TaskSet[],
  service: Service,
  rollback: InReversion,
): Look {
  if (!isInFlight(ours) && ours.status !== 'Succeeded')
    return ended(ours, `deploying ${rollback.plan.to.name} again`);
  const primary = primaryOf(sets);
  return serves(primary?.externalId === ours.id ? primary : undefined, sets, service, rollback);
}

function serves(
  primary: TaskSet | undefined,
  sets: readonly TaskSet[],
  service: Service,
  rollback: InReversion,
): Look {
  const isRight = primary?.settings.taskDefinition === rollback.plan.to.id;
  const isThere = isRight && primary.isSteady && primary.running >= service.desired;
  const summary = progress(sets, service, rollback);
  return { state: isThere ? 'settled' : 'pending', summary };
}

function ended({ status, reason }: CodeDeployment, what: string): Look {
  return { state: 'failed', reason: `${what} ended as ${status}${reason === '' ? '' : `: ${reason}`}` };
}

function primaryOf(sets: readonly TaskSet[]): TaskSet | undefined {
  return sets.find(({ isPrimary }) => isPrimary);
}

function progress(sets: readonly TaskSet[], { desired }: Service, { plan }: InReversion): string {
  const right = sets.filter(({ settings }) => settings.taskDefinition === plan.to.id);
  const running = right.reduce((sum, set) => sum + set.running, 0);
  const serving = right.some(({ isPrimary }) => isPrimary)
    ? 'the primary task set'
    : 'not the primary task set yet';
  return `${running} of ${desired} tasks run ${plan.to.name}, ${serving}`;
}
