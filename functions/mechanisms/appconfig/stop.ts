import { isNamed } from '../../../src/aws/errors.ts';
import type { Planned, Stopped } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { profileOf } from '../../../src/targets/kinds/appconfig/target.ts';
import type { AppConfig, Details } from './appconfig.ts';
import type { Memo } from './memo.ts';
import { STOP_DEPLOYMENT } from './rungs.ts';
import { isComplete, isInFlight } from './states.ts';

interface Clients {
  readonly appconfig: Pick<AppConfig, 'details' | 'stop'>;
  readonly now: () => string;
}

/**
 * Stops the planned deployment while it is in flight, and no other. AppConfig then gives clients the version before it:
 * that is the way back, or frees the environment's only place for the one to deploy.
 */
export function stopWith(clients: Clients): Mechanism<Memo>['stop'] {
  return async ({ request, plan }) => {
    const { appconfig } = clients;
    const name = profileOf(request.target);
    const { number } = plan.memo;
    const deployment = await appconfig.details(name, number);
    if (deployment === null || !isInFlight(deployment)) return asItStands(deployment, plan, clients);
    try {
      await appconfig.stop(name, number);
    } catch (error) {
      if (!isNamed(error, 'BadRequestException', 'ResourceNotFoundException')) throw error;
      // It ended before the stop, for example by a monitor.
      return asItStands(await appconfig.details(name, number), plan, clients);
    }
    return stopped(plan, clients);
  };
}

/** An earlier try of this rollback, a monitor or an operator has stopped it since the plan. */
function asItStands(deployment: Details | null, plan: Planned<Memo>['plan'], clients: Clients): Stopped {
  if (deployment === null || isComplete(deployment) || plan.inFlight !== true)
    return { state: 'not-running' };
  return stopped(plan, clients);
}

function stopped({ rungs: [first], memo }: Planned<Memo>['plan'], { now }: Clients): Stopped {
  const deployment = String(memo.number);
  return { state: first.name === STOP_DEPLOYMENT ? 'reverting' : 'stopped', at: now(), deployment };
}
