import type { Plan } from '../../../src/rollback/plan.ts';
import { sidesIn, type Configuration } from './configuration.ts';
import type { Memo } from './memo.ts';
import { deploymentIn } from './side.ts';

export type WithWay = Extract<Plan<Memo>, { rungs: unknown }>;

/** Returns whether the wanted side answers every request. */
export function isThere({ stage, canary }: Configuration, { to }: WithWay): boolean {
  return stage === to.id && canary === null;
}

/** Returns whether the stage has no side that it did not have in the plan. A promotion and other shares change nothing. */
export function isSameRollout(configuration: Configuration, { memo }: WithWay): boolean {
  return sidesIn(configuration).every((side) => memo.sides.includes(side));
}

/**
 * Returns whether only a part of the way back was made: the stage has the wanted deployment with other variables. API
 * Gateway should apply a patch as a whole. Unknown: stage-patch-order.
 */
export function isHalfDone(configuration: Configuration, plan: WithWay): boolean {
  const { to, memo } = plan;
  const wanted = deploymentIn(to.id);
  if (memo.sides.some((side) => deploymentIn(side) === wanted)) return false;
  return deploymentIn(configuration.stage) === wanted && configuration.stage !== to.id;
}
