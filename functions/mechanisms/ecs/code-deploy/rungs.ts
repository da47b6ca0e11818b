import type { Rung } from '../../../../src/rollback/plan.ts';
import { REDEPLOY, STOP_DEPLOYMENT } from '../rungs.ts';
import type { Ways } from '../choice.ts';

/**
 * A rollback returns traffic to running tasks. A new deployment must start a task set, check it and shift the traffic.
 */
const STOP_SECONDS = 15 * 60;
const REDEPLOY_SECONDS = 30 * 60;

export function rungsOf([first, ...others]: Ways, to: string): readonly [Rung, ...Rung[]] {
  const rungs: Readonly<Record<Ways[number], Rung>> = {
    native: {
      name: STOP_DEPLOYMENT,
      does: `stop the CodeDeploy deployment, which gives the traffic back to ${to}`,
      withinSeconds: STOP_SECONDS,
    },
    redeploy: { name: REDEPLOY, does: `deploy ${to} again with CodeDeploy`, withinSeconds: REDEPLOY_SECONDS },
  };
  return [rungs[first], ...others.map((way) => rungs[way])];
}
