import type { Emitter } from '../../src/events/emit.ts';
import type { StepCall } from '../../src/lambda/steps.ts';
import type { Claims } from '../../src/ledger/claims.ts';
import type { Planned } from '../../src/rollback/document.ts';
import { InvalidRequest } from '../../src/rollback/errors.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after } from '../../src/rollback/time.ts';

export interface Asking {
  readonly claims: Pick<Claims, 'ask'>;
  readonly emitter: Emitter;
}

/**
 * Approve: puts the question on the bus, and keeps the task token that its answer needs. Kept first: an answer may come
 * as soon as the question is heard. The token is not in the event, because whoever holds it can approve.
 */
export function ask({ claims, emitter }: Asking, now: () => Instant) {
  return async ({ rollback, token }: StepCall): Promise<void> => {
    const { request, execution, plan, verdict } = rollback as Planned;
    if (token === undefined) throw new InvalidRequest('token', 'is missing');
    if (verdict.verdict !== 'ask') throw new InvalidRequest('verdict', 'asks nobody');
    const askedAt = now();
    const answerBy = after(askedAt, verdict.countdownSeconds);
    await claims.ask(request.target, execution, token, answerBy);
    await emitter.emit('Rollback Approval Requested', {
      version: '1',
      target: request.target,
      execution,
      reasons: [...verdict.reasons],
      from: plan.from,
      to: plan.to,
      askedAt,
      answerBy,
      onSilence: verdict.onSilence,
    });
  };
}
