import { awaiting } from '../../../src/rollback/awaiting.ts';
import type { InReversion } from '../../../src/rollback/document.ts';
import { gone } from '../../../src/rollback/gone.ts';
import type { Mechanism, Poll } from '../../../src/rollback/mechanism.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { takenOver } from '../../../src/rollback/taken-over.ts';
import { after, isAfter } from '../../../src/rollback/time.ts';
import { profileOf } from '../../../src/targets/kinds/appconfig/target.ts';
import type { AppConfig, Deployment, Details } from './appconfig.ts';
import type { Memo } from './memo.ts';
import { inTheWay } from './choice.ts';
import { deployedSince } from './newer.ts';
import { revisionIn } from './revision.ts';
import { REDEPLOY } from './rungs.ts';
import { isComplete, isGoingBack, isInFlight, isOpen, wentBack } from './states.ts';

interface Clients {
  readonly appconfig: Pick<AppConfig, 'deployments' | 'details'>;
  readonly now: () => Instant;
}

/**
 * Until when clients may still have the old configuration. They choose when to poll, and most do so every minute.
 * https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-integration-containers-agent-configuring.html
 */
const POLLED_SECONDS = 120;

/** Until when a list may not show the way back. AWS gives no figure. */
const SHOWN_SECONDS = 60;

type Followed = Pick<InReversion<Memo>, 'plan' | 'request' | 'settled' | 'reverted'>;

/** Polls whether clients have the wanted version. */
export function settledWith({ appconfig, now }: Clients): Mechanism<Memo>['settled'] {
  return async (rollback) => {
    const { plan, request, reverted, rung } = rollback;
    const since = await deployedSince(appconfig, rollback);
    if (since === null) return gone('the environment is gone');
    const { latest, planned, earlier, other, own } = since;
    const name = profileOf(request.target);
    if (other !== null) {
      const reason = `a newer deployment took over at ${other.startedAt}`;
      return takenOver(rollback, { by: String(other.number), reason }, async () =>
        other.version === plan.to.id
          ? awaiting(request.target, ofRedeployment(other, await appconfig.details(name, other.number), plan))
          : null,
      );
    }
    if (earlier !== null && reverted.deployment === String(earlier.number))
      return awaiting(
        request.target,
        ofRedeployment(earlier, await appconfig.details(name, earlier.number), plan),
      );
    const isCleared = plan.rungs[rung]?.name === REDEPLOY && own.find(isComplete)?.version !== plan.to.id;
    if (isOpen(planned)) return awaiting(request.target, pending(planned));
    if (isCleared && isOpen(latest)) return { state: 'pending', ...waitingFor(latest) };
    if (isCleared) return { state: 'due', summary: `deployment ${planned.number} has ended` };
    return ofOwnWay(planned, own, await appconfig.details(name, planned.number), rollback, now());
  };
}

/** Says that another profile deploys. Its deployment is another's, and stays. */
function waitingFor(latest: Deployment) {
  const hindrance = `AppConfig cannot deploy yet: ${inTheWay(latest)}.`;
  return { summary: inTheWay(latest), hindrance };
}

function pending({ number, state }: Deployment): Poll {
  const summary = state === 'ROLLING_BACK' ? 'is being rolled back' : 'is being stopped';
  return { state: 'pending', summary: `deployment ${number} ${summary}` };
}

/** Polls a deployment that AppConfig took back. Clients get the version before at their next poll. */
function ofOwnWay(
  planned: Deployment,
  own: readonly Deployment[],
  details: Details | null,
  { plan: { to }, settled, reverted }: Followed,
  now: Instant,
): Poll {
  const { number, state } = planned;
  if (isComplete(planned) && isAfter(after(reverted.at, SHOWN_SECONDS), now))
    return { state: 'pending', summary: `AppConfig does not show yet that deployment ${number} went back` };
  if (!wentBack(planned)) return { state: 'failed', reason: `deployment ${number} is ${state} still` };
  const stands = own.find(isComplete);
  if (stands?.version !== to.id) {
    const is = stands === undefined ? 'nothing' : revisionIn(stands).name;
    return { state: 'failed', reason: `AppConfig went back to ${is}, not to ${to.name}` };
  }
  const last = details?.last ?? null;
  const until = last === null ? null : after(last.at, POLLED_SECONDS);
  if (settled?.state !== 'settled' && until !== null && isAfter(until, now))
    return {
      state: 'pending',
      summary: `clients may have the old configuration until they poll, by ${until}`,
    };
  const byItself = last?.by === 'CLOUDWATCH_ALARM' || last?.by === 'INTERNAL_ERROR';
  const summary = `deployment ${number} is ${state}, and clients have ${to.name}`;
  return { state: 'settled', summary, ...(byItself && { byItself: true as const }) };
}

/**
 * Polls Lastgood's own deployment. Clients have it while it bakes, but a monitor could still bring the version at fault
 * back, so only its end counts.
 */
function ofRedeployment(deployment: Deployment, details: Details | null, { to }: Followed['plan']): Poll {
  const { number, state } = deployment;
  if (isComplete(deployment))
    return { state: 'settled', summary: `deployment ${number} brought ${to.name} back` };
  if (isInFlight(deployment))
    return { state: 'pending', summary: `deployment ${number} of ${to.name} is ${state}` };
  const { by = '', says = '' } = details?.last ?? {};
  if (by === 'USER' && !isGoingBack(deployment))
    return { state: 'overtaken', by: String(number), reason: `a person took deployment ${number} back` };
  const because = says === '' ? '' : `: ${says}`;
  return {
    state: 'failed',
    reason: `AppConfig undid deployment ${number} of ${to.name}, which is ${state}${because}`,
  };
}
