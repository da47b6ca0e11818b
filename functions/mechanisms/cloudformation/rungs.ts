import type { Rung } from '../../../src/rollback/plan.ts';

export const NATIVE = 'native-rollback';
export const CANCEL = 'cancel-update';
export const ROLL_BACK = 'rollback-stack';
export const CONTINUE = 'continue-rollback';

export type Way = typeof NATIVE | typeof CANCEL | typeof ROLL_BACK | typeof CONTINUE;

/** As slow as the slowest resource: instances that drain, or a distribution that spreads. */
const WITHIN_SECONDS = 60 * 60;

/** Returns the rungs of the ways to a revision, in their order. */
export function rungsOf(
  [first, ...others]: readonly [Way, ...Way[]],
  stack: string,
  to: string,
): readonly [Rung, ...Rung[]] {
  const does: Readonly<Record<Way, string>> = {
    [NATIVE]: `let CloudFormation roll ${stack} back to ${to}`,
    [CANCEL]: `cancel the update of ${stack}, so that CloudFormation rolls it back to ${to}`,
    [ROLL_BACK]: `roll ${stack} back to its last stable state, ${to}`,
    [CONTINUE]: `continue the failed rollback of ${stack} to ${to}, once and without skipping a resource`,
  };
  const rungOf = (name: Way): Rung => ({ name, does: does[name], withinSeconds: WITHIN_SECONDS });
  return [rungOf(first), ...others.map(rungOf)];
}
