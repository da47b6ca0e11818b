import { planHash } from '../../src/approvals/plan-hash.ts';
import type { ReadPause } from '../../src/aws/pause.ts';
import type { Emitter } from '../../src/events/emit.ts';
import { stepsOf } from '../../src/events/story.ts';
import { toRung, weighed } from '../../src/events/shapes.ts';
import { publishAll, type OutgoingEvent } from '../../src/events/publish.ts';
import { logger } from '../../src/lambda/logger.ts';
import { saidPause } from '../../src/lambda/said-pause.ts';
import type { StepCall } from '../../src/lambda/steps.ts';
import type { Tend } from '../../src/lambda/storms.ts';
import type { Claims } from '../../src/ledger/claims.ts';
import type { Storms } from '../../src/ledger/storms.ts';
import type { Planned } from '../../src/rollback/document.ts';
import { asPlanned } from '../../src/rollback/doors.ts';
import { InvalidRequest } from '../../src/rollback/errors.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { asksAboutFreeze } from '../../src/rollback/rules/freeze.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { broughtBy } from '../../src/rollback/storm/member.ts';
import { after } from '../../src/rollback/time.ts';
import { heldBy } from './note-storm.ts';

export interface Asking {
  readonly claims: Pick<Claims, 'ask'>;
  readonly emitter: Emitter;
  readonly storms: Pick<Storms, 'asks'>;
  readonly tend: Tend;
  readonly readPause: ReadPause;
}

type Question = Extract<Planned['verdict'], { readonly verdict: 'ask' }>;

/**
 * Approve: publishes the question, and stores the task token that its answer needs. It stores the token first, because
 * an answer may come as soon as the question is published. The event does not contain the token, because its holder can
 * approve. If another trigger was recorded since the judgement, it asks nothing: HeardMore leads back to Plan.
 *
 * If the question cannot be published, the state machine retries, and in the end the rollback fails without a change.
 * If the owner tagged that silence means go, publishing may fail: no outage may prevent going back.
 *
 * A member of a storm has no question of its own. It joins the one question, whose execution it starts if it is the
 * first.
 */
export function ask({ claims, emitter, storms, tend, readPause }: Asking, now: () => Instant) {
  return async ({ rollback, token }: StepCall): Promise<void> => {
    const planned = asPlanned(rollback);
    const { request, execution, plan, verdict } = planned;
    if (token === undefined) throw new InvalidRequest('token', 'is missing');
    if (verdict.verdict !== 'ask') throw new InvalidRequest('verdict', 'is not a question');
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
    const held = verdict.storm === undefined ? null : heldBy(planned);
    if (held !== null) {
      const { plan: hash, approvals } = about;
      const own = verdict.own === true;
      const frozen = asksAboutFreeze(verdict) ? { frozen: true as const } : {};
      const question = { plan: hash, askedAt, answerBy, own, approvals, ...frozen };
      await storms.asks(held, question, broughtBy(planned), askedAt);
      await tend(held.storm.id, held.storm.since);
    }
    const question =
      held === null
        ? [questionOf(planned, verdict, { askedAt, answerBy, ...(await saidPause(readPause)) })]
        : [];
    try {
      await publishAll(emitter, [...stepsOf(planned).map(({ event }) => event), ...question]);
    } catch (error) {
      if (verdict.onSilence === 'stay') throw error;
      logger.error('question not published', error as Error);
    }
  };
}

function questionOf(
  { request, execution, plan }: Planned,
  verdict: Question,
  asked: { readonly askedAt: Instant; readonly answerBy: Instant; readonly paused?: string },
): OutgoingEvent {
  const of = { version: '1' as const, target: request.target, execution };
  const { reasons, onSilence, again } = verdict;
  const { from, to, rungs, changes } = plan;
  const route = { from, to, rungs: rungs.map(toRung), ...(changes && { changes: [...changes] }) };
  return {
    type: 'Rollback Approval Requested',
    detail: {
      ...{ ...of, reasons: [...reasons], ...weighed(verdict), ...route, ...asked, onSilence },
      ...(again !== undefined && { again }),
    },
  };
}
