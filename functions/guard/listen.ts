import type { StepCall } from '../../src/lambda/steps.ts';
import type { Claims } from '../../src/ledger/claims.ts';
import type { Listened } from '../../src/rollback/document.ts';
import { asClaimed } from '../../src/rollback/doors.ts';
import { unheard } from '../../src/rollback/heard.ts';

/** Listen: counts the triggers that were not judged when the countdown ended. Silence does not answer them. */
export function listen(claims: Pick<Claims, 'record'>) {
  return async ({ rollback }: StepCall): Promise<Listened> => {
    const { request, execution, verdict } = asClaimed(rollback);
    const record = await claims.record(request.target, execution);
    const found = unheard({ request, alsoTriggeredBy: record?.alsoTriggeredBy ?? [] }, verdict?.heard);
    const [first] = found;
    return { unheard: found.length, ...(first !== undefined && { request: first }) };
  };
}
