import { awaiting } from '../../../../src/rollback/awaiting.ts';
import { gone } from '../../../../src/rollback/gone.ts';
import type { Mechanism, Poll } from '../../../../src/rollback/mechanism.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import { takenOver } from '../../../../src/rollback/taken-over.ts';
import { isAfter } from '../../../../src/rollback/time.ts';
import type { Memo } from './memo.ts';
import { changesBetween } from '../configuration.ts';
import type { DeploymentLine, Ecs, Service, ServiceDeployment, ServiceRevision } from '../ecs.ts';
import { quoting } from '../messages.ts';
import { deploymentsSince, deploysIt, ownDeployment } from './newer.ts';
import { describeRevisions } from '../revisions.ts';
import { REDEPLOY } from '../rungs.ts';
import { isInFlight, isRollingBack } from '../status.ts';
import { goneAs, isStaying } from '../supported.ts';
import { serviceOf } from '../../../../src/targets/kinds/ecs/target.ts';
import { isNumberOf } from '../../../../src/targets/kinds/ecs/numbered.ts';
import { watchedGroups } from '../watch.ts';

type WithWay = Extract<Plan<Memo>, { rungs: unknown }>;

/**
 * Polls the deployment that goes back, by its id, and the revisions that have tasks. Lists deployments only if the
 * service shows another one.
 */
export function settledWith({ ecs }: { readonly ecs: Ecs }): Mechanism<Memo>['settled'] {
  return async ({ request, plan, reverted, rung }) => {
    const name = serviceOf(request.target);
    const [service, followed] = await Promise.all([ecs.service(name), ecs.deployment(reverted.deployment)]);
    if (service === null || !isStaying(service)) return gone(goneAs(service));
    if (followed === null)
      return { state: 'failed', reason: `ECS no longer knows deployment ${reverted.deployment}` };
    const newer = isAlone(followed, service)
      ? []
      : (await deploymentsSince(ecs, name, plan, Promise.resolve(service))).newer;
    const [newest] = newer;
    if (
      newest !== undefined &&
      newest.arn !== followed.arn &&
      !isAfter(followed.createdAt, newest.createdAt)
    ) {
      const reason = `a newer deployment took over at ${newest.createdAt}`;
      const poll = await takenOver({ request, plan }, { by: newest.arn, reason }, () =>
        ofSame(newest, service, plan, ecs),
      );
      return quoting(poll, service, reverted.at);
    }
    const poll =
      followed.arn === plan.memo.deployment
        ? awsRollback(followed, service, plan, plan.rungs[rung]?.name === REDEPLOY)
        : await whereItLanded(redeployed(followed, service, plan), followed, service, plan, ecs);
    const isUnderWay = isInFlight(followed.status) || isRollingBack(followed.status);
    return quoting(isUnderWay ? awaiting(request.target, poll) : poll, service, reverted.at);
  };
}

/** Polls a newer deployment of the wanted content. Null: it deploys another. */
async function ofSame(
  newest: DeploymentLine,
  service: Service,
  plan: WithWay,
  ecs: Ecs,
): Promise<Poll | null> {
  const same = await ownDeployment(ecs, [newest], plan);
  const taken = same === null ? null : await ecs.deployment(same);
  return taken === null ? null : whereItLanded(redeployed(taken, service, plan), taken, service, plan, ecs);
}

/**
 * Says whether the service shows no deployment but the followed one: neither as its current one nor as PRIMARY, "the most
 * recent deployment of a service". ECS's own rollback makes a revision PRIMARY that ran before.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html
 */
function isAlone(
  { arn, revision, rollbackRevision, sources }: ServiceDeployment,
  { currentDeployment, rollouts }: Service,
): boolean {
  const lead = rollouts.find(({ isPrimary }) => isPrimary);
  const known = [revision, rollbackRevision ?? '', ...sources.map((source) => source.revision)];
  return currentDeployment === arn && lead !== undefined && known.some((one) => isNumberOf(lead.id, one));
}

/**
 * Reads which of two target groups the deployment uses. ECS chooses it, and AWS does not document the choice when it
 * supersedes one that bakes. The plan assumes one; the deployment's revision shows the real one. It also shows whether
 * the deployment is Lastgood's own: ECS's answer to Revert may have named another one.
 */
async function whereItLanded(
  poll: Poll,
  { arn, revision }: ServiceDeployment,
  service: Service,
  plan: WithWay,
  ecs: Ecs,
): Promise<Poll> {
  if (poll.state !== 'settled') return poll;
  const revisions = await describeRevisions(ecs, [revision, plan.to.id]);
  const [landed, wanted] = [revisions.get(revision), revisions.get(plan.to.id)];
  if (landed !== undefined && wanted !== undefined && !deploysIt(landed, wanted, plan))
    return { state: 'overtaken', by: arn, reason: `it deploys another revision than ${plan.to.name}` };
  if (landed === undefined) return poll;
  const groups =
    landed.targetGroups.length === 0 ? {} : { targetGroups: watchedGroups(service, landed.targetGroups) };
  return { ...poll, ...groups, ...(wanted !== undefined && left(landed, wanted, plan)) };
}

/** Returns the fields that ECS refused: see Revert. */
function left(
  landed: ServiceRevision,
  wanted: ServiceRevision,
  { from, to, memo }: WithWay,
): { readonly leaves?: string } {
  const { mayStay = [] } = memo;
  const differing = Object.keys(changesBetween(landed.configuration, wanted.configuration));
  const fields = differing.filter((field) => mayStay.includes(field));
  if (fields.length === 0) return {};
  return {
    leaves: `ECS refused the ${fields.join(' and ')} of ${to.name}, so the service keeps those of ${from.name}.`,
  };
}

/**
 * Polls ECS's own rollback. It reuses the old service revision, so its id must be the wanted one. If the rung that
 * deploys again only waited for it, the deployment is due after it failed.
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

/**
 * Polls the new deployment. It has its own revision; Revert checked at its start that the content is the wanted one.
 */
function redeployed(deployment: ServiceDeployment, service: Service, plan: WithWay): Poll {
  const { to } = plan;
  const { status, reason, revision } = deployment;
  if (isInFlight(status)) return { state: 'pending', summary: progress(service, revision, to.name) };
  if (status === 'SUCCESSFUL') return steady(service, revision, plan);
  return { state: 'failed', reason: `deploying ${to.name} again ended as ${status}${because(reason)}` };
}

/**
 * Returns settled if all desired tasks run the right revision, none run another, and as many targets are healthy.
 * Autoscaling may have changed the desired count. ECS reports success while tasks of the old revision still stop.
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
  return `${running(true)} of ${desired} tasks run ${name}; ${running(false)} run another revision`;
}

function because(reason: string): string {
  return reason === '' ? '' : `: ${reason}`;
}
