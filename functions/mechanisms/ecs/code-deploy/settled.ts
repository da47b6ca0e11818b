import {
  isInFlight,
  mayStillBeRolledBack,
  ownRollbackOf,
} from '../../../../src/aws/code-deploy/own-rollback.ts';
import { awaiting } from '../../../../src/rollback/awaiting.ts';
import type { InReversion } from '../../../../src/rollback/document.ts';
import { gone } from '../../../../src/rollback/gone.ts';
import type { Poll } from '../../../../src/rollback/mechanism.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import { takenOver } from '../../../../src/rollback/taken-over.ts';
import { after, isAfter } from '../../../../src/rollback/time.ts';
import { nameOf, type Service } from '../ecs.ts';
import { quoting } from '../messages.ts';
import { STOP_DEPLOYMENT } from '../rungs.ts';
import { goneAs, isStaying } from '../supported.ts';
import { serviceOf } from '../../../../src/targets/kinds/ecs/target.ts';
import { setsIn } from '../task-sets/sets-in.ts';
import { targetGroupsOf, type TaskSet } from '../task-sets/task-sets.ts';
import { watchedGroups } from '../watch.ts';
import { taskDefinitionIn } from './app-spec.ts';
import type { Clients } from './clients.ts';
import type { CodeDeployment } from './code-deploy.ts';
import { leftBeside } from './left-over.ts';
import { deploymentsSince } from './newer.ts';
import { descriptionOf } from '../../../../src/aws/code-deploy/description.ts';
import { isAboutToGoBack } from './own-rollback.ts';
import type { Memo } from './memo.ts';

type Readers = Pick<Clients, 'ecs' | 'taskSets' | 'codeDeploy' | 'now'>;

/** Polls the deployment that goes back, by its id, and the task set that serves. */
export function settledWith({
  ecs,
  taskSets,
  codeDeploy,
  now,
}: Readers): (rollback: InReversion<Memo>) => Promise<Poll> {
  return async (rollback) => {
    const { request, plan, reverted, rung, execution } = rollback;
    const name = serviceOf(request.target);
    const [service, since] = await Promise.all([ecs.service(name), deploymentsSince(codeDeploy, plan)]);
    if (service === null || !isStaying(service)) return gone(goneAs(service));
    const sets = await setsIn(service, [], taskSets, name);
    const followed = await since.deployment(reverted.deployment);
    if (followed === null)
      return { state: 'failed', reason: `CodeDeploy no longer knows deployment ${reverted.deployment}` };
    const newest = since.newer.find(({ description }) => description !== descriptionOf(execution));
    const { application, group } = plan.memo.group;
    const awaited = (by: CodeDeployment, poll: Poll) =>
      isInFlight(by) ? awaiting(`codedeploy:${application}/${group}`, poll) : poll;
    if (newest !== undefined) {
      const reason = `a newer deployment was created at ${newest.createdAt}`;
      return takenOver(rollback, { by: newest.id, reason }, async () =>
        (await deployedBy(newest, codeDeploy)) === plan.to.id
          ? awaited(newest, redeployed(newest, sets, service, rollback))
          : null,
      );
    }
    if (plan.rungs[rung]?.name === STOP_DEPLOYMENT) {
      const by = await ownRollbackOf(since, followed);
      const poll =
        by === null
          ? notYet(followed, now())
          : awaited(by, rolledBack(followed, by, sets, service, rollback));
      return quoting(poll, service, reverted.at);
    }
    if (followed.description === descriptionOf(execution))
      return quoting(awaited(followed, redeployed(followed, sets, service, rollback)), service, reverted.at);
    return cleared(followed, sets, rollback, now());
  };
}

/** Reads the ARN of the task definition that a deployment brings. Null: its AppSpec file is not kept, or is in S3. */
async function deployedBy(one: CodeDeployment, codeDeploy: Clients['codeDeploy']): Promise<string | null> {
  return taskDefinitionIn((await codeDeploy.appSpecs([one])).get(one.id) ?? '');
}

function notYet(followed: CodeDeployment, now: Instant): Poll {
  const { status } = followed;
  if (status === 'Succeeded')
    return { state: 'failed', reason: 'the deployment succeeded before it could be stopped' };
  return isInFlight(followed) || mayStillBeRolledBack(followed, now)
    ? { state: 'pending', summary: 'CodeDeploy has not begun to roll back yet' }
    : { state: 'failed', reason: `the deployment is ${status} and CodeDeploy does not roll it back` };
}

/**
 * Seconds between the end of a rollback and the end of the rolled-back tasks. AWS gives no figure, so this is an
 * estimate.
 */
const GONE_WITHIN_SECONDS = 300;

/** Polls a deployment that blocks the new one. After its end, including its rollback, Revert continues. */
function cleared(
  followed: CodeDeployment,
  sets: readonly TaskSet[],
  { plan, stopped }: InReversion<Memo>,
  now: Instant,
): Poll {
  if (isInFlight(followed) || isAboutToGoBack(followed, stopped, now))
    return { state: 'pending', summary: `deployment ${followed.id} has not ended yet` };
  const isRecent =
    followed.finishedAt !== null && isAfter(after(followed.finishedAt, GONE_WITHIN_SECONDS), now);
  if (followed.rollbackOf !== null && isRecent && leftBeside(sets, plan.to.id) !== null)
    return {
      state: 'pending',
      summary: `the tasks that deployment ${followed.id} rolled back have not ended yet`,
    };
  return { state: 'due', summary: `deployment ${followed.id} has ended` };
}

/** Polls CodeDeploy's own rollback, which returns the traffic to the task set that still runs. */
function rolledBack(
  followed: CodeDeployment,
  by: CodeDeployment,
  sets: readonly TaskSet[],
  service: Service,
  rollback: InReversion<Memo>,
): Poll {
  if (isInFlight(by)) return { state: 'pending', summary: progress(sets, service, rollback) };
  if (by.status !== 'Succeeded') return ended(by, `the rollback of CodeDeploy, ${by.id},`);
  const poll = serves(primaryOf(sets), sets, service, rollback);
  return poll.state === 'settled' && followed.endedByItself ? { ...poll, byItself: true } : poll;
}

/**
 * Polls the new deployment, which lasts as long as the group keeps the old tasks, up to two days. It is settled when
 * its own task set is primary.
 */
function redeployed(
  followed: CodeDeployment,
  sets: readonly TaskSet[],
  service: Service,
  rollback: InReversion<Memo>,
): Poll {
  if (!isInFlight(followed) && followed.status !== 'Succeeded')
    return ended(followed, `deploying ${rollback.plan.to.name} again`);
  const primary = primaryOf(sets);
  return serves(primary?.externalId === followed.id ? primary : undefined, sets, service, rollback);
}

function serves(
  primary: TaskSet | undefined,
  sets: readonly TaskSet[],
  service: Service,
  rollback: InReversion<Memo>,
): Poll {
  const isRight = primary?.settings.taskDefinition === rollback.plan.to.id;
  const summary = progress(sets, service, rollback);
  if (!isRight || !primary.isSteady || primary.running < service.desired)
    return { state: 'pending', summary };
  const beside = besides(primary, sets);
  if (beside.length > 0)
    return { state: 'pending', summary: `${summary}; tasks of ${beside.join(', ')} share its target group` };
  return { state: 'settled', summary, targetGroups: watchedGroups(service, targetGroupsOf(primary)) };
}

/**
 * Returns the other revisions whose tasks a stopped deployment left behind the target group of the primary task set.
 */
function besides(primary: TaskSet, sets: readonly TaskSet[]): readonly string[] {
  const groups = targetGroupsOf(primary);
  return sets
    .filter(({ settings }) => settings.taskDefinition !== primary.settings.taskDefinition)
    .filter((set) => targetGroupsOf(set).some((group) => groups.includes(group)))
    .map(({ settings }) => nameOf(settings.taskDefinition));
}

function ended({ status, reason }: CodeDeployment, what: string): Poll {
  return { state: 'failed', reason: `${what} ended as ${status}${reason === '' ? '' : `: ${reason}`}` };
}

function primaryOf(sets: readonly TaskSet[]): TaskSet | undefined {
  return sets.find(({ isPrimary }) => isPrimary);
}

function progress(sets: readonly TaskSet[], { desired }: Service, { plan }: InReversion<Memo>): string {
  const right = sets.filter(({ settings }) => settings.taskDefinition === plan.to.id);
  const running = right.reduce((sum, set) => sum + set.running, 0);
  const serving = right.some(({ isPrimary }) => isPrimary)
    ? 'the primary task set'
    : 'not the primary task set yet';
  return `${running} of ${desired} tasks run ${plan.to.name}, ${serving}`;
}
