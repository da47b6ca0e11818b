import type { Rung } from '../../../src/rollback/plan.ts';
import type { Way } from './choice.ts';

export const STOP_DEPLOYMENT = 'stop-deployment';
export const REDEPLOY = 'redeploy';

/** Instances drain (300 seconds by default), install and are checked in rounds; an alias needs one call. */
const SERVER_SECONDS = 60 * 60;
const LAMBDA_SECONDS = 5 * 60;

/** Returns the rungs of the ways to a revision, fastest safe one first. */
export function rungsOf(
  [first, ...others]: readonly [Way, ...Way[]],
  to: string,
  platform: string,
): readonly [Rung, ...Rung[]] {
  const withinSeconds = platform === 'Lambda' ? LAMBDA_SECONDS : SERVER_SECONDS;
  const rungs: Readonly<Record<Way, Rung>> = {
    native: {
      name: STOP_DEPLOYMENT,
      does: `let CodeDeploy roll the deployment back to ${to}`,
      withinSeconds,
    },
    redeploy: {
      name: REDEPLOY,
      does: `deploy ${to} again, without alarms that could stop it`,
      withinSeconds,
    },
  };
  return [rungs[first], ...others.map((way) => rungs[way])];
}
