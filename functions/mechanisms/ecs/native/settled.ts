import type { Poll } from '../../../../src/rollback/document.ts';
import type { Mechanism } from '../../../../src/rollback/mechanism.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import { isAfter } from '../../../../src/rollback/time.ts';
import type { Memo } from './memo.ts';
import type { Ecs, Service, ServiceDeployment } from '../ecs.ts';
import { quoting } from '../messages.ts';
import { newerDeployments } from './newer.ts';
import { REDEPLOY } from '../rungs.ts';
import { isInFlight, isRollingBack } from '../status.ts';
import { goneAs, isStaying } from '../supported.ts';
import { serviceOf } from '../../../../src/targets/kinds/ecs/target.ts';
import { watchedGroups } from '../watch.ts';

type WithWay = Extract<Plan<Memo>, { rungs: unknown }>;

/** Polls the deployment that goes back, by its id, and at which revisions have tasks. */
export function settledWith({ ecs }: { readonly ecs: Ecs }): Mechanism<Memo>['settled'] {
  return async ({ request, plan, reverted, rung }) => {
    const name = serviceOf(request.target);
    const reading = ecs.service(name);
    const [service, followed, newer] = await Promise.all([
      reading,
      ecs.deployment(reverted.deployment),
      newerDeployments(ecs, name, plan, reading),
    ]);
    if (service === null || !isStaying(service)) return { state: 'failed', reason: goneAs(service) };
    if (followed === null)
      return { state: 'failed', reason: `ECS no longer knows deployment ${reverted.deployment}` };
    const [newest] = newer;
    if (
      newest !== undefined &&
      newest.arn !== followed.arn &&
      !isAfter(followed.createdAt, newest.createdAt)
    ) {
      return {
        state: 'overtaken',
        by: newest.arn,
        reason: `a newer deployment took over at ${newest.createdAt}`,
      };
    }
    const poll =
      followed.arn === plan.memo.deployment
        ? awsRollback(followed, service, plan, plan.rungs[rung]?.name === REDEPLOY)
        : await whereItLanded(redeployed(followed, service, plan), followed, service, ecs);
    return quoting(poll, service, reverted.at);
  };
}

/**
 * Which of two target groups a deployment takes is ECS's choice, and not documented where it supersedes one that bakes:
 * the plan's guess gives way to what its revision says.
 */
async function whereItLanded(
  poll: Poll,
  { revision }: ServiceDeployment,
  service: Service,
  ecs: Ecs,
): Promise<Poll> {
  if (poll.state !== 'settled') return poll;
  const [landed] = await ecs.revisions([revision]);
  if (landed === undefined || landed.targetGroups.length === 0) return poll;
  return { ...poll, targetGroups: watchedGroups(service, landed.targetGroups) };
}

/**
 * ECS's own rollback reuses the old service revision: its id must be the one we want. Where it was only waited for by the
 * rung that deploys again, that is due once it failed.
 */
function awsRollback(
  deployment: ServiceDeployment,
  service: Service,
  plan: WithWay,
  mayBeRedeployed: boolean,
): Poll {
  const { to } = plan;
  const { status, reason, rollbackRevision } = deployment;
  if (rollbackRevision !== null && rollbackRevision !== to.id) {
    return { state: 'failed', reason: `ECS goes back to ${rollbackRevision}, not to ${to.name}` };
  }
  if (isInFlight(status) || isRollingBack(status))
    return { state: 'pending', summary: progress(service, to.id, to.name) };
  if (status === 'ROLLBACK_SUCCESSFUL') {
    const poll = steady(service, to.id, plan);
    return poll.state === 'settled' && deployment.endedByItself ? { ...poll, byItself: true } : poll;
  }
  const ended = `the rollback of ECS ended as ${status}${because(reason)}`;
  return mayBeRedeployed ? { state: 'due', summary: ended } : { state: 'failed', reason: ended };
}

/** A deployment of ours has a revision of its own; that its content is the wanted one was made sure of at its start. */
function redeployed(deployment: ServiceDeployment, service: Service, plan: WithWay): Poll {
  const { to } = plan;
  const { status, reason, revision } = deployment;
  if (isInFlight(status)) return { state: 'pending', summary: progress(service, revision, to.name) };
  if (status === 'SUCCESSFUL') return steady(service, revision, plan);
  return { state: 'failed', reason: `deploying ${to.name} again ended as ${status}${because(reason)}` };
}

/**
 * The desired count of now, which autoscaling may have moved, on the right revision and on no other. ECS calls a
 * deployment successful while tasks of the old revision still stop. As many targets have to be healthy.
 */
function steady(service: Service, revision: string, { to: { name }, watch }: WithWay): Poll {
  const { desired, revisions } = service;
  const right = revisions.find((tasks) => tasks.revision === revision)?.running ?? 0;
  const others = revisions.filter((tasks) => tasks.revision !== revision && tasks.running > 0);
  if (right < desired || others.length > 0)
    return { state: 'pending', summary: progress(service, revision, name) };
  return {
    state: 'settled',
    summary: `${right} of ${desired} tasks run ${name}, and no others`,
    targetGroups: watchedGroups(
      service,
      watch.targetGroups.map(({ arn }) => arn),
    ),
  };
}

function progress({ desired, revisions }: Service, revision: string, name: string): string {
  const running = (isRight: boolean) =>
    revisions
      .filter((tasks) => (tasks.revision === revision) === isRight)
      .reduce((sum, tasks) => sum + tasks.running, 0);
  return `${running(true)} of ${desired} tasks run ${name}; ${running(false)} run something else`;
}

function because(reason: string): string {
  return reason === '' ? '' : `: ${reason}`;
}
