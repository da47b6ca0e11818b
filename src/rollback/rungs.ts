import type { LeftRung, Look, Planned, Reverted, Settled, Started, WayBack } from './document.ts';
import type { Instant } from './request.ts';
import { after, isAfter, secondsBetween } from './time.ts';

/** Looks are frequent at first and rarer later: 5, 10, 20, 40, then 60 seconds apart. */
const LOOKS_APART_SECONDS = [5, 10, 20, 40, 60] as const;

/**
 * Then a hundredth of the time since the way back began, and at most an hour, which the claim outlasts. A deployment
 * strategy may wait for days between its steps, and an execution has 25,000 events, of which each look takes nine.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const SHARE_OF_ELAPSED = 0.01;
const MOST_APART_SECONDS = 3600;

/** The rung to be on now: the first one, or the one after a rung that failed. */
export function currentRung(rollback: Pick<Planned, 'reverted' | 'settled'>): number {
  const { reverted, settled } = rollback;
  if (reverted === undefined) return 0;
  return reverted.state === 'failed' || settled?.state === 'failed' ? reverted.rung + 1 : reverted.rung;
}

/** Rungs tried and left before the current one, each with its reason. */
export function leftRungs(rollback: Pick<Planned, 'reverted' | 'settled'>): readonly LeftRung[] {
  const { reverted, settled } = rollback;
  if (reverted === undefined) return [];
  if (reverted.state === 'failed' || settled?.state !== 'failed') return reverted.left;
  return [...reverted.left, { rung: reverted.rung, reason: settled.reason }];
}

/** Records the answer of a mechanism's `revert` on the current rung. */
export function recordWayBack(rollback: Planned, way: WayBack, now: Instant): Reverted {
  const rung = currentRung(rollback);
  const left = leftRungs(rollback);
  if (way.state === 'failed') {
    const { reason } = way;
    return {
      state: 'failed',
      rung,
      at: now,
      reason,
      left: [...left, { rung, reason }],
      more: hasMore(rollback, rung),
      ...((way.touched || wasTouched(rollback)) && { touched: true }),
    };
  }
  return { ...way, rung, at: now, settleBy: deadlineOf(rollback, rung, now), left };
}

/** By a rung that failed in the middle of its writes. What a rung that started did is told by how it settled. */
function wasTouched({ reverted }: Planned): boolean {
  return reverted?.state === 'failed' && reverted.touched === true;
}

/** A further write on the same rung does not buy it more time. */
function deadlineOf({ plan, reverted, settled }: Planned, rung: number, now: Instant): Instant {
  if (settled?.state === 'due' && reverted !== undefined && reverted.state !== 'failed')
    return reverted.settleBy;
  return after(now, plan.rungs[rung]?.withinSeconds ?? 0);
}

/** Records one look at the way back. Time out of the document: a rung that is late has failed. */
export function recordLook(
  rollback: Planned & { readonly reverted: Started },
  look: Look,
  now: Instant,
): Settled {
  const { reverted, settled } = rollback;
  const more = hasMore(rollback, reverted.rung);
  switch (look.state) {
    case 'settled':
      return { ...look, at: settled?.state === 'settled' ? settled.at : now };
    case 'failed':
      return { ...look, more };
    case 'overtaken':
      return look;
    case 'due':
    case 'pending': {
      const by = settleBy(rollback);
      if (isAfter(now, by))
        return { state: 'failed', reason: `did not settle by ${by}: ${look.summary}`, more };
      // A write that changed nothing would be due again at once: then time has to pass first.
      if (look.state === 'due' && settled?.state !== 'due') return look;
      const looks = settled?.state === 'pending' ? settled.looks + 1 : 1;
      const lookAgainInSeconds = apartAt(looks, secondsBetween(reverted.at, now));
      return { state: 'pending', summary: look.summary, looks, lookAgainInSeconds };
    }
  }
}

function apartAt(looks: number, elapsedSeconds: number): number {
  const early = LOOKS_APART_SECONDS[looks - 1];
  if (early !== undefined) return early;
  return Math.min(MOST_APART_SECONDS, Math.max(60, Math.round(elapsedSeconds * SHARE_OF_ELAPSED)));
}

/** A rung that settled in time and then stirred has until the end of the proof to settle again. */
function settleBy({ reverted, health }: Planned & { readonly reverted: Started }): Instant {
  const proving = health?.state === 'pending' && !isAfter(reverted.at, health.at);
  return proving && isAfter(health.verifyBy, reverted.settleBy) ? health.verifyBy : reverted.settleBy;
}

function hasMore(rollback: Planned, rung: number): boolean {
  return rung + 1 < rollback.plan.rungs.length;
}
