import type { Urgency } from '../quotas/calendar.ts';
import type { Planned, Reverted, Settled } from '../rollback/document.ts';
import type { Plan } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';
import { after, secondsBetween } from '../rollback/time.ts';
import type { Take, Turn } from '../rollback/turn.ts';
import type { Turns } from './turns.ts';

/*
 * Paces what a rollback does after its first write: its looks, and the writes of further rungs.
 */

type WithWay = Planned['plan'];
type Pending = Extract<Settled, { readonly state: 'pending' }>;

/** Returns when Stop or Revert may write. A rollout in flight goes first. */
export async function turnToWrite(plan: Plan, turns: Turns): Promise<{ readonly turn?: Turn }> {
  if (!('takes' in plan)) return {};
  const turn = await turns.of(
    plan.takes.write,
    plan.inFlight === true ? 'rollout-in-flight' : 'before-write',
  );
  return turn === undefined ? {} : { turn };
}

/** Adds to the answer of Revert when the way back is polled, or when the next rung may write. */
export async function pacedRevert(
  reverted: Reverted,
  { plan }: Planned,
  turns: Turns,
  now: Instant,
): Promise<Reverted> {
  if (reverted.state === 'failed')
    return reverted.more ? { ...reverted, ...(await turnToWrite(plan, turns)) } : reverted;
  const { pollInSeconds = 0 } = reverted;
  return { ...reverted, pollInSeconds: await stretched(pollInSeconds, looksOf(plan), turns, now) };
}

/** Adds to the answer of Settle when it polls again, or when the next write may be made. */
export async function pacedPoll(
  settled: Settled,
  { plan }: Planned,
  turns: Turns,
  now: Instant,
): Promise<Settled> {
  switch (settled.state) {
    case 'pending':
      return stretchedPoll(settled, await stretched(settled.pollAgainInSeconds, looksOf(plan), turns, now));
    case 'failed':
      return settled.more ? { ...settled, ...(await turnToWrite(plan, turns)) } : settled;
    case 'due':
      return { ...settled, ...(await turnToWrite(plan, turns)) };
    default:
      return settled;
  }
}

/** A turn is at a whole second, so that a look may be as much later without having to wait for others. */
const WHOLE_SECOND = 1;

/** A look that had to wait for its turn waits for no event, which would bring hundreds of looks forward together. */
function stretchedPoll({ awaits, ...pending }: Pending, seconds: number): Pending {
  const isUsual = seconds <= pending.pollAgainInSeconds + WHOLE_SECOND;
  return { ...pending, ...(isUsual && awaits !== undefined && { awaits }), pollAgainInSeconds: seconds };
}

/** The longest wait for a look, so that deadlines are still judged, and another deployment is still seen. */
const MAX_STRETCHED_SECONDS = 3600;

/**
 * Returns the seconds until a look: its usual interval, or longer where many rollbacks look at the same time. All looks
 * together take at most half of any bucket.
 */
export async function stretched(
  usualSeconds: number,
  takes: readonly Take[],
  turns: Turns,
  now: Instant,
  urgency: Urgency = 'look',
): Promise<number> {
  const turn = await turns.of(takes, urgency, after(now, usualSeconds));
  if (turn === undefined) return usualSeconds;
  const seconds = Math.ceil(secondsBetween(now, turn.at));
  return Math.max(usualSeconds, Math.min(seconds, MAX_STRETCHED_SECONDS));
}

/**
 * Returns what a look reads: that of Settle, and that of Verify, which follows once it has settled. Empty for a plan of an
 * earlier version.
 * @param groups the number of target groups whose health Verify reads
 */
export function looksOf({ takes, watch }: WithWay, groups = watch.targetGroups.length): readonly Take[] {
  if (takes === undefined) return [];
  return [
    ...takes.look,
    { quota: 'elb read', calls: groups },
    { quota: 'cloudwatch DescribeAlarms', calls: 1 },
  ].filter(({ calls }) => calls > 0);
}
