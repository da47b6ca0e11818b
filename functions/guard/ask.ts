import { planHash } from '../../src/approvals/plan-hash.ts';
import type { Emitter } from '../../src/events/emit.ts';
import { stepsOf } from '../../src/events/story.ts';
import { toRung, weighed } from '../../src/events/shapes.ts';
import { publishAll, type OutgoingEvent } from '../../src/events/publish.ts';
import { logger } from '../../src/lambda/logger.ts';
import type { StepCall } from '../../src/lambda/steps.ts';
import type { Claims } from '../../src/ledger/claims.ts';
import type { Planned } from '../../src/rollback/document.ts';
import { asPlanned } from '../../src/rollback/doors.ts';
import { InvalidRequest } from '../../src/rollback/errors.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { after } from '../../src/rollback/time.ts';

export interface Asking {
  readonly claims: Pick<Claims, 'ask'>;
  readonly emitter: Emitter;
}

type Question = Extract<Planned['verdict'], { readonly verdict: 'ask' }>;

/**
 * Approve: puts the question on the bus, and keeps the task token that its answer needs. Kept first: an answer may come
 * as soon as the question is heard. The token is not in the event, because whoever holds it can approve. Where another
 * trigger was recorded since the judgement, nothing is asked: HeardMore leads back to Plan.
 *
 * A question that the bus does not take is asked again by the state machine, and in the end has failed: nothing was
 * changed. Not so where the target's owner said that silence means go, because then no outage may keep it from going.
 */
export function ask({ claims, emitter }: Asking, now: () => Instant) {
  return async ({ rollback, token }: StepCall): Promise<void> => {
    const planned = asPlanned(rollback);
    const { request, execution, plan, verdict } = planned;
    if (token === undefined) throw new InvalidRequest('token', 'is missing');
    if (verdict.verdict !== 'ask') throw new InvalidRequest('verdict', 'asks nobody');
    const askedAt = now();
    const answerBy = after(askedAt, verdict.countdownSeconds);
    const about = {
      plan: planHash(plan),
      approvals: readSettings(plan.tags).approvals,
      askedAt,
      heard: verdict.heard ?? 0,
      again: verdict.again ?? 0,
    };
    await claims.ask(request.target, execution, token, answerBy, about);
    const question = questionOf(planned, verdict, askedAt, answerBy);
    try {
      await publishAll(emitter, [...stepsOf(planned).map(({ event }) => event), question]);
    } catch (error) {
      if (verdict.onSilence === 'stay') throw error;
      logger.error('nobody was asked', error as Error);
    }
  };
}

function questionOf(
  { request, execution, plan }: Planned,
  verdict: Question,
  askedAt: Instant,
  answerBy: Instant,
): OutgoingEvent {
  const of = { version: '1' as const, target: request.target, execution };
  const { reasons, onSilence, again } = verdict;
  const { from, to, rungs, changes } = plan;
  const route = { from, to, rungs: rungs.map(toRung), ...(changes && { changes: [...changes] }) };
  return {
    type: 'Rollback Approval Requested',
    detail: {
      ...{ ...of, reasons: [...reasons], ...weighed(verdict), ...route, askedAt, answerBy, onSilence },
      ...(again !== undefined && { again }),
    },
  };
}
