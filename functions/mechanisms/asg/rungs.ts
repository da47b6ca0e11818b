import type { Rung } from '../../../src/rollback/plan.ts';
import type { Way, Ways } from './choice.ts';

export const ROLL_BACK = 'rollback-refresh';
export const REFRESH = 'refresh';

/**
 * Instances boot, warm up and take over while the others drain, which takes minutes per batch. AWS's own rollback goes
 * batch by batch, with the preferences of its refresh; so does the replacement of root volumes. A refresh by Lastgood
 * that replaces instances launches all of them at once.
 */
const NATIVE_SECONDS = 45 * 60;
const REFRESH_SECONDS = 40 * 60;

/** Returns the rungs of the ways to a revision, fastest safe one first. */
export function rungsOf(
  [first, ...others]: Ways,
  to: string,
  isOfRoots: boolean,
): readonly [Rung, ...Rung[]] {
  const rungs: Readonly<Record<Way, Rung>> = {
    native: {
      name: ROLL_BACK,
      does: `let Auto Scaling roll the instance refresh back to ${to}`,
      withinSeconds: NATIVE_SECONDS,
    },
    refresh: {
      name: REFRESH,
      does: `put ${to} on the group and replace ${isOfRoots ? 'the root volumes of its instances' : 'the instances'}`,
      withinSeconds: isOfRoots ? NATIVE_SECONDS : REFRESH_SECONDS,
    },
  };
  return [rungs[first], ...others.map((way) => rungs[way])];
}
