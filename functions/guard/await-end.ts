import type { StepCall } from '../../src/lambda/steps.ts';
import type { Waits } from '../../src/ledger/waits.ts';
import { InvalidRequest } from '../../src/rollback/errors.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after } from '../../src/rollback/time.ts';

/**
 * AwaitEnd: stores the task token with which on-deployment ends the wait. An event between the last poll and this write
 * ends nothing, and the next poll comes as without events.
 */
export function awaitEnd(waits: Pick<Waits, 'begin'>, now: () => Instant) {
  return async ({ rollback: { settled }, token }: StepCall): Promise<void> => {
    if (token === undefined) throw new InvalidRequest('token', 'is missing');
    if (settled?.state !== 'pending' || settled.awaits === undefined)
      throw new InvalidRequest('settled', 'awaits no event');
    await waits.begin(settled.awaits, token, after(now(), settled.pollAgainInSeconds));
  };
}
