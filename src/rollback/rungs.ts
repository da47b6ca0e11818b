import type { LeftRung, Planned, Reverted, Settled, Started } from './document.ts';
import type { Poll, RevertResult } from './mechanism.ts';
import { FIRST_POLL_SECONDS, NEXT_RUNG_POLL_SECONDS, settlePollIntervalAt } from './poll-intervals.ts';
import type { Instant } from './request.ts';
import { withoutPause } from './pause.ts';
import { after, isAfter, secondsBetween } from './time.ts';

/** Returns the current rung: the first one, or the one after a failed rung. */
export function currentRung(rollback: Pick<Planned, 'reverted' | 'settled'>): number {
  const { reverted, settled } = rollback;
  if (reverted === undefined) return 0;
  return reverted.state === 'failed' || settled?.state === 'failed' ? reverted.rung + 1 : reverted.rung;
}

/** Returns the rungs that were left before the current one, each with its reason. */
export function leftRungs(rollback: Pick<Planned, 'reverted' | 'settled'>): readonly LeftRung[] {
  const { reverted, settled } = rollback;
  if (reverted === undefined) return [];
  if (reverted.state === 'failed' || settled?.state !== 'failed') return reverted.left;
  return [...reverted.left, { rung: reverted.rung, reason: settled.reason }];
}

/** Records the answer of a mechanism's `revert` on the current rung. */
export function recordRevert(rollback: Planned, result: RevertResult, now: Instant): Reverted {
  const rung = currentRung(rollback);
  const left = leftRungs(rollback);
  if (result.state === 'failed') {
    const { reason } = result;
    return {
      state: 'failed',
      rung,
      at: now,
      reason,
      left: [...left, { rung, reason }],
      more: hasMore(rollback, rung),
      ...((result.touched || wasTouched(rollback)) && { touched: true }),
    };
  }
  const pollInSeconds = rollback.gathered === undefined ? FIRST_POLL_SECONDS : NEXT_RUNG_POLL_SECONDS;
  return { ...result, rung, at: now, ...deadlineOf(rollback, rung, now), pollInSeconds, left };
}

/** Says whether a rung failed in the middle of its writes. A rung that started reports its result through Settle. */
function wasTouched({ reverted }: Planned): boolean {
  return reverted?.state === 'failed' && reverted.touched === true;
}

/**
 * Returns the deadline of a rung. A further write on the same rung does not extend it, but for one: a write that became
 * possible in time may come late, because Lambda refused to run us.
 */
function deadlineOf(
  { plan, reverted, settled, paused }: Planned,
  rung: number,
  now: Instant,
): Pick<Started, 'settleBy' | 'extended'> {
  const settleBy = after(now, plan.rungs[rung]?.withinSeconds ?? 0);
  if (settled?.state !== 'due' || reverted === undefined || reverted.state === 'failed') return { settleBy };
  const { extended } = reverted;
  const before = withoutPause(reverted.settleBy, reverted.at, paused);
  if (extended !== true && isAfter(now, before)) return { settleBy, extended: true };
  return { settleBy: before, ...(extended && { extended }) };
}

/**
 * Records one poll of the way back. All deadlines are in the document: a rung that is late has failed. One whose next
 * write can go ahead may be late once.
 */
export function recordPoll(
  rollback: Planned & { readonly reverted: Started },
  poll: Poll,
  now: Instant,
): Settled {
  const { reverted, settled } = rollback;
  const more = hasMore(rollback, reverted.rung);
  switch (poll.state) {
    case 'settled':
      return { ...poll, ...arrivalOf(rollback, now) };
    case 'failed':
      return { ...poll, more: more && poll.isGone !== true };
    case 'overtaken':
      return poll;
    case 'due':
    case 'pending': {
      const by = settleBy(rollback);
      const isLate = isAfter(now, by);
      // After a write that changed nothing, wait before the next one.
      const isDue = poll.state === 'due' && settled?.state !== 'due';
      if (isDue && (!isLate || reverted.extended !== true)) return { ...poll, state: 'due', at: now };
      if (isLate) return tooLate(poll, by, more);
      const awaits = poll.state === 'pending' ? poll.awaits : undefined;
      // A look that was put off awaits nothing (src/lambda/pace.ts).
      const isSameWait = settled?.state === 'pending' && [awaits, undefined].includes(settled.awaits);
      const polls = isSameWait ? settled.polls + 1 : 1;
      const pollAgainInSeconds = settlePollIntervalAt(
        polls,
        secondsBetween(reverted.at, now),
        awaits !== undefined,
      );
      const { summary } = poll;
      return {
        state: 'pending',
        summary,
        ...(awaits !== undefined && { awaits }),
        ...hinderedBy(poll, settled, now),
        polls,
        pollAgainInSeconds,
      };
    }
  }
}

/** Returns since when the way back is settled, and whether its last step was due and is not a write of Lastgood. */
function arrivalOf(
  { reverted, settled }: Planned & { readonly reverted: Started },
  now: Instant,
): Pick<Extract<Settled, { state: 'settled' }>, 'at' | 'byAnother'> {
  if (settled?.state === 'settled')
    return { at: settled.at, ...(settled.byAnother && { byAnother: true as const }) };
  const isUnwritten = settled?.state === 'due' && isAfter(settled.at, reverted.at);
  return { at: now, ...(isUnwritten && { byAnother: true as const }) };
}

/** Records what hinders the way back. It is news once on each rung. */
function hinderedBy(
  poll: Extract<Poll, { summary: string }>,
  settled: Settled | undefined,
  now: Instant,
): Pick<Extract<Settled, { state: 'pending' }>, 'hindrance' | 'hinderedSince' | 'isNews'> {
  const since = settled?.state === 'pending' ? settled.hinderedSince : undefined;
  if (poll.state !== 'pending' || poll.hindrance === undefined)
    return since === undefined ? {} : { hinderedSince: since };
  const { hindrance } = poll;
  return since === undefined
    ? { hindrance, hinderedSince: now, isNews: true }
    : { hindrance, hinderedSince: since };
}

function tooLate(poll: Extract<Poll, { summary: string }>, by: Instant, more: boolean): Settled {
  const cure = poll.state === 'pending' ? poll.cure : undefined;
  const reason = `did not settle by ${by}: ${poll.summary}`;
  return { state: 'failed', reason, more, ...(cure !== undefined && { cure }) };
}

/**
 * Returns when a rung must have settled. One that settled in time and then moved again has until the end of the proof.
 * While Lastgood is paused, both deadlines stand still.
 */
function settleBy({ reverted, health, paused }: Planned & { readonly reverted: Started }): Instant {
  const by = withoutPause(reverted.settleBy, reverted.at, paused);
  const proving = health?.state === 'pending' && !isAfter(reverted.at, health.at);
  if (!proving) return by;
  const verifyBy = withoutPause(health.verifyBy, health.at, paused);
  return isAfter(verifyBy, by) ? verifyBy : by;
}

function hasMore(rollback: Planned, rung: number): boolean {
  return rung + 1 < rollback.plan.rungs.length;
}
