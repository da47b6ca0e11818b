import type { StepCall } from '../../src/lambda/steps.ts';
import type { Claims } from '../../src/ledger/claims.ts';
import type { Claim } from '../../src/rollback/document.ts';
import { InvalidRequest } from '../../src/rollback/errors.ts';
import { fieldOf, readRequest, type Instant } from '../../src/rollback/request.ts';
import { isInFuture, NOT_IN_FUTURE } from '../../src/rollback/time.ts';
import { takenUpAt } from '../../src/rollback/taken-up.ts';
import { readTarget } from '../../src/targets/target.ts';

/**
 * Claim: checks the request and takes its target.
 * @throws InvalidRequest naming the field, before anything is claimed
 * @throws TargetClaimed when another rollback of the target is under way
 */
export function claim(claims: Pick<Claims, 'take'>, now: () => Instant) {
  return async ({ rollback, execution, executionStartedAt }: StepCall): Promise<Claim> => {
    const request = readRequest(onlyRequest(rollback));
    const { kind } = readTarget(request.target);
    if (execution === undefined) throw new InvalidRequest('execution', 'is missing');
    const claimedAt = now();
    if (request.trigger !== undefined && isInFuture(request.trigger.at, claimedAt))
      throw new InvalidRequest('request.trigger.at', NOT_IN_FUTURE);
    const startedAt = takenUpAt(claimedAt, executionStartedAt);
    const claim = await claims.take(request.target, kind, execution, request, claimedAt, startedAt);
    return { ...claim, takenUpAt: startedAt };
  };
}

/**
 * Rejects all slices but the request. A caller who may start an execution must not be able to supply a verdict, an
 * approval or a plan.
 */
function onlyRequest(input: unknown): unknown {
  const slices = typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {};
  const other = Object.keys(slices).find((slice) => slice !== 'request');
  if (other !== undefined)
    throw new InvalidRequest(fieldOf([other]), 'a rollback begins with a request and nothing else');
  return 'request' in slices ? slices.request : undefined;
}
