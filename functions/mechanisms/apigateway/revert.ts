import { isNamed } from '../../../src/aws/errors.ts';
import { Unavailable } from '../../../src/rollback/errors.ts';
import type { Mechanism, RevertResult } from '../../../src/rollback/mechanism.ts';
import { stageOf, type StageName } from '../../../src/targets/kinds/apigateway/target.ts';
import { isHalfDone, isSameRollout, isThere, type WithWay } from './arrival.ts';
import { patchTo } from './change.ts';
import { textOf } from './configuration.ts';
import type { Gateway, Stage } from './gateway.ts';
import type { Memo } from './memo.ts';

interface Clients {
  readonly gateway: Gateway;
}

/**
 * Points the stage at the wanted side in one call, if the stage is unchanged since the plan. A stage has no lock, so it is
 * read directly before the write, and the answer of the write shows what it is then. Where the stage has changed, an
 * earlier try may have done so, or the same rollout goes on. A change to another side may carry the fix, and stays.
 */
export function revertWith({ gateway }: Clients): Mechanism<Memo>['revert'] {
  return async ({ request, plan }) => {
    const name = stageOf(request.target);
    const stage = await gateway.stage(name);
    if (stage === null) return failed('there is no such stage any more');
    if (isThere(stage, plan)) return started(plan);
    if (!isSameRollout(stage, plan)) return changed(stage, plan);
    const after = await patch(gateway, name, plan, stage);
    if ('state' in after) return after;
    // A pipeline moved the same rollout on between the read and the write.
    const again =
      isThere(after, plan) || !isSameRollout(after, plan) ? after : await patch(gateway, name, plan, after);
    if ('state' in again) return { ...again, ...(again.state === 'failed' && { touched: true }) };
    return isThere(again, plan) ? started(plan) : notWhole(again, plan);
  };
}

/** Returns the stage after one call, or why it was refused. */
async function patch(
  gateway: Gateway,
  name: StageName,
  plan: WithWay,
  stage: Stage,
): Promise<RevertResult | Stage> {
  const changes = patchTo(plan.to.id, stage);
  if (changes === null) return failed('the stage variables to go back to are not known');
  try {
    return await gateway.patch(name, changes);
  } catch (error) {
    if (isNamed(error, 'BadRequestException', 'NotFoundException'))
      return failed(`${error.name}: ${error.message}`);
    if (isNamed(error, 'ConflictException'))
      throw new Unavailable(`another change is in progress: ${error.message}`, { cause: error });
    throw error;
  }
}

function started({ to }: WithWay): RevertResult {
  return { state: 'started', deployment: to.id };
}

function notWhole(after: Stage, { to }: WithWay): RevertResult {
  const reason = `API Gateway accepted the change to ${to.name}, and the stage has ${textOf(after)}`;
  return { state: 'failed', reason, touched: true };
}

function changed(stage: Stage, plan: WithWay): RevertResult {
  const reason = `the stage was changed to ${textOf(stage)} after the plan was made; Lastgood leaves it`;
  if (!isHalfDone(stage, plan)) return failed(reason);
  const half = `an operator or an earlier try put back the deployment, and not the variables of ${plan.to.name}`;
  return { state: 'failed', reason: `${reason}: ${half}`, touched: true };
}

function failed(reason: string): RevertResult {
  return { state: 'failed', reason };
}
