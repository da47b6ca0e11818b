import type { Rung } from '../../../src/rollback/plan.ts';

export const STOP_DEPLOYMENT = 'stop-deployment';
export const REVERT = 'revert';
export const REDEPLOY = 'redeploy';

export type Way = typeof STOP_DEPLOYMENT | typeof REVERT | typeof REDEPLOY;

/** AppConfig goes back within seconds, and clients poll within two minutes. */
const NATIVE_SECONDS = 10 * 60;

/** The predefined strategy bakes for ten minutes. */
const REDEPLOY_SECONDS = 20 * 60;

/** Returns the rungs of the ways to a version, fastest safe one first. */
export function rungsOf(
  [first, ...others]: readonly [Way, ...Way[]],
  to: string,
): readonly [Rung, ...Rung[]] {
  const rungs: Readonly<Record<Way, Rung>> = {
    [STOP_DEPLOYMENT]: {
      name: STOP_DEPLOYMENT,
      does: `stop the deployment, so that AppConfig gives clients ${to} again`,
      withinSeconds: NATIVE_SECONDS,
    },
    [REVERT]: {
      name: REVERT,
      does: `revert the deployment to ${to}, whatever the monitors say`,
      withinSeconds: NATIVE_SECONDS,
    },
    [REDEPLOY]: {
      name: REDEPLOY,
      does: `deploy ${to} again to all clients at once`,
      withinSeconds: REDEPLOY_SECONDS,
    },
  };
  return [rungs[first], ...others.map((way) => rungs[way])];
}
