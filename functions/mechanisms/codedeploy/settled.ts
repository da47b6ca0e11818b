import {
  goesBackByItself,
  isInFlight,
  mayStillBeRolledBack,
} from '../../../src/aws/code-deploy/own-rollback.ts';
import { awaiting } from '../../../src/rollback/awaiting.ts';
import type { InReversion } from '../../../src/rollback/document.ts';
import { gone } from '../../../src/rollback/gone.ts';
import type { Mechanism, Poll } from '../../../src/rollback/mechanism.ts';
import type { Revision } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { takenOver } from '../../../src/rollback/taken-over.ts';
import type { CodeDeploy, Deployment } from './codedeploy.ts';
import { descriptionOf } from '../../../src/aws/code-deploy/description.ts';
import { pollOfAlias, type ReadAlias } from './aliases.ts';
import { deployedSince, type Since } from './newer.ts';
import { releasesOf } from './releases.ts';
import { locationOf } from './revision-id.ts';
import { STOP_DEPLOYMENT } from './rungs.ts';
import { groupOf } from '../../../src/targets/kinds/codedeploy/target.ts';
import type { Memo } from './memo.ts';

interface Clients {
  readonly codedeploy: CodeDeploy;
  readonly alias: ReadAlias;
  readonly now: () => string;
}

type Plan = InReversion<Memo>['plan'];

/** Polls the deployment that goes back, and then the alias that it shifts. */
export function settledWith(clients: Clients): Mechanism<Memo>['settled'] {
  const deployed = deployedWith(clients);
  return async (rollback) => {
    const poll = await deployed(rollback);
    const { memo, ...plan } = rollback.plan;
    if (poll.state !== 'settled' || memo.alias === undefined) return poll;
    const ofAlias = pollOfAlias(await clients.alias(memo.alias), memo.alias, plan);
    return ofAlias.state === 'settled' ? poll : ofAlias;
  };
}

function deployedWith(clients: Clients): Mechanism<Memo>['settled'] {
  return async (rollback) => {
    const { plan, reverted, request, rung, execution } = rollback;
    const since = await deployedSince(clients.codedeploy, rollback);
    if (since === null) return gone('the deployment group is gone');
    const { other } = since;
    if (other !== null) {
      const reason = `a newer deployment took over at ${other.createdAt}`;
      return takenOver(rollback, { by: other.id, reason }, async () => {
        const deployed = await deployedBy(other, request.target, plan, clients.codedeploy);
        return deployed?.id === plan.to.id ? awaiting(request.target, pollOf(other, plan)) : null;
      });
    }
    const followed = await since.deployment(reverted.deployment);
    if (followed === null)
      return { state: 'failed', reason: `CodeDeploy no longer knows deployment ${reverted.deployment}` };
    if (plan.rungs[rung]?.name === STOP_DEPLOYMENT) return awsRollback(followed, since, rollback, clients);
    return followed.description === descriptionOf(execution)
      ? awaiting(request.target, pollOf(followed, plan))
      : cleared(followed, clients.now());
  };
}

/**
 * Polls CodeDeploy's own rollback. It is a separate deployment, which appears a moment after the first one has ended.
 */
async function awsRollback(
  stopped: Deployment,
  since: Since,
  { plan, request, settled }: InReversion<Memo>,
  { codedeploy, now }: Clients,
): Promise<Poll> {
  const { id, status, rolledBackBy, rollbackMessage } = stopped;
  if (rolledBackBy === null) {
    if (isInFlight(stopped)) return { state: 'pending', summary: `deployment ${id} is being stopped` };
    if (mayStillBeRolledBack(stopped, now()))
      return { state: 'pending', summary: `deployment ${id} is ${status}; its rollback has not begun yet` };
    const says = rollbackMessage === '' ? '' : `: ${rollbackMessage}`;
    return { state: 'failed', reason: `the deployment is ${status} and is not rolled back${says}` };
  }
  const rollback = await since.deployment(rolledBackBy);
  if (rollback === null) return { state: 'failed', reason: `CodeDeploy no longer knows ${rolledBackBy}` };
  const poll = pollOf(rollback, plan);
  if (poll.state !== 'settled') return awaiting(request.target, poll);
  const own = stopped.endedByItself ? { ...poll, byItself: true as const } : poll;
  // What an earlier look checked stays so.
  return settled?.state === 'settled' ? own : checked(own, rollback, request.target, plan, codedeploy);
}

/** Polls a deployment that blocks the new one. After its end Revert continues, and stops its rollback if it has one. */
function cleared(followed: Deployment, now: Instant): Poll {
  return isInFlight(followed) || goesBackByItself(followed, now)
    ? { state: 'pending', summary: `deployment ${followed.id} has not ended yet` }
    : { state: 'due', summary: `deployment ${followed.id} has ended` };
}

/** Checks that CodeDeploy went back to the wanted revision. */
async function checked(
  poll: Poll,
  rollback: Deployment,
  target: string,
  { to }: Plan,
  codedeploy: Pick<CodeDeploy, 'revisions'>,
): Promise<Poll> {
  const deployed = await deployedBy(rollback, target, { to }, codedeploy);
  if (deployed?.id === to.id) return poll;
  return {
    state: 'failed',
    reason: `CodeDeploy went back to ${deployed?.name ?? 'nothing'}, not to ${to.name}`,
  };
}

/** Reads the revision that a deployment brings. */
async function deployedBy(
  deployment: Deployment,
  target: string,
  { to }: Pick<Plan, 'to'>,
  codedeploy: Pick<CodeDeploy, 'revisions'>,
): Promise<Revision | undefined> {
  // A revision of instances has a location, and a version of a function has none.
  const platform = locationOf(to.id) === null ? 'Lambda' : 'Server';
  const [release] = await releasesOf(codedeploy, { name: groupOf(target), platform }, [deployment]);
  return release?.of;
}

/**
 * Polls a deployment. CodeDeploy reports success although instances failed: the last one of OneAtATime, all but one of
 * AllAtOnce. Those still run the bad revision.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_MinimumHealthyHosts.html
 */
function pollOf({ id, status, error, hasMoved, missed, ...deployment }: Deployment, { to }: Plan): Poll {
  if (status === 'Succeeded' && missed > 0)
    return {
      state: 'failed',
      reason: `deployment ${id} succeeded, but has not brought ${to.name} to ${missed} of its instances`,
    };
  if (status === 'Succeeded')
    return { state: 'settled', summary: `deployment ${id} brought ${to.name} back` };
  // The original instances may stay for two days before they are terminated; they carry no traffic.
  if (hasMoved && isInFlight({ status }))
    return { state: 'settled', summary: `deployment ${id} moved the traffic to ${to.name}` };
  if (isInFlight({ status })) {
    return {
      state: 'pending',
      summary: `deployment ${id} of ${to.name} is ${status} since ${deployment.createdAt}`,
    };
  }
  const because = error === '' ? '' : `: ${error}`;
  return { state: 'failed', reason: `deployment ${id} of ${to.name} is ${status}${because}` };
}
