import { gone } from '../../../src/rollback/gone.ts';
import type { Mechanism, Poll } from '../../../src/rollback/mechanism.ts';
import { secondsBetween } from '../../../src/rollback/time.ts';
import { stageOf } from '../../../src/targets/kinds/apigateway/target.ts';
import { isSameRollout, isThere } from './arrival.ts';
import { textOf } from './configuration.ts';
import type { Gateway, Stage } from './gateway.ts';
import type { Memo } from './memo.ts';

/** How long API Gateway may still show the stage as it was after a write; AWS gives no figure. Unknown: late-stage. */
const SHOWN_WITHIN_SECONDS = 30;

interface Clients {
  readonly gateway: Pick<Gateway, 'stage'>;
  readonly now: () => string;
}

/** Polls which deployment the stage has, with which variables, and that it has no canary. */
export function settledWith({ gateway, now }: Clients): Mechanism<Memo>['settled'] {
  return async ({ request, plan, reverted, settled }) => {
    const name = stageOf(request.target);
    const stage = await gateway.stage(name);
    if (stage === null) return gone('there is no such stage any more');
    if (isThere(stage, plan))
      return {
        state: 'settled',
        summary: `${plan.to.name} answers every request of the stage ${name.stage}`,
      };
    if (!isSameRollout(stage, plan)) return overtaken(stage, 'was changed by a newer deployment');
    if (settled?.state === 'settled' || secondsBetween(reverted.at, now()) > SHOWN_WITHIN_SECONDS)
      return overtaken(stage, 'was put back after the rollback: a pipeline sets it, so roll back there');
    return { state: 'pending', summary: `the stage ${name.stage} still has ${textOf(stage)}` };
  };
}

function overtaken(stage: Stage, how: string): Poll {
  const { canary } = stage;
  return {
    state: 'overtaken',
    by: canary?.side ?? stage.stage,
    reason: `the stage ${how}: it has ${textOf(stage)}`,
  };
}
