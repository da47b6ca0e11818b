import type { Rung } from '../../../src/rollback/plan.ts';
import type { Way, Ways } from './choice.ts';

export const STOP_DEPLOYMENT = 'stop-deployment';
export const REDEPLOY = 'redeploy';

/**
 * Covers a few rounds of tasks that start, pass their health checks and drain (300 seconds by default). ECS's own
 * rollback keeps running tasks; a new deployment replaces every task and may wait between its steps.
 */
const NATIVE_SECONDS = 20 * 60;
const REDEPLOY_SECONDS = 30 * 60;

/** Returns the rungs of the ways to a revision, fastest safe one first. */
export function rungsOf(
  [first, ...others]: Ways,
  to: string,
  bakeSeconds: number,
): readonly [Rung, ...Rung[]] {
  const rungs: Readonly<Record<Way, Rung>> = {
    native: {
      name: STOP_DEPLOYMENT,
      does: `let ECS roll the deployment back to ${to}`,
      withinSeconds: NATIVE_SECONDS,
    },
    redeploy: { name: REDEPLOY, does: `deploy ${to} again`, withinSeconds: REDEPLOY_SECONDS + bakeSeconds },
  };
  return [rungs[first], ...others.map((way) => rungs[way])];
}
