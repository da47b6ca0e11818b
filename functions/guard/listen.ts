import type { StepCall } from '../../src/lambda/steps.ts';
import type { Claims } from '../../src/ledger/claims.ts';
import type { Judgeable, Listened } from '../../src/rollback/document.ts';
import { unheard } from '../../src/rollback/heard.ts';

/** Listen: says whether triggers came that the judge has not heard. The silence that just ended answers none of them. */
export function listen(claims: Pick<Claims, 'record'>) {
  return async ({ rollback }: StepCall): Promise<Listened> => {
    const { request, execution, verdict } = rollback as Judgeable;
    const record = await claims.record(request.target, execution);
    const found = unheard({ request, alsoTriggeredBy: record?.alsoTriggeredBy ?? [] }, verdict?.heard);
    const [first] = found;
    return { unheard: found.length, ...(first !== undefined && { request: first }) };
  };
}
