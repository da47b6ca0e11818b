import { createHash } from 'node:crypto';
import { eachOf } from '../../src/aws/each.ts';
import type { Check, StartCheck } from '../../src/lambda/start-check.ts';
import type { Turns } from '../../src/lambda/turns.ts';
import type { Readinesses } from '../../src/ledger/readinesses.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after, isAfter } from '../../src/rollback/time.ts';
import { problemOfTarget, readTarget, readsToCheck } from '../../src/targets/target.ts';

export interface Scheduling {
  readonly readinesses: Readinesses;
  readonly turns: Turns;
  readonly start: StartCheck;
  /** Names the targets whose resource has the tag `lastgood`. */
  readonly tagged: () => Promise<readonly string[]>;
  readonly warn: (message: string, about: object) => void;
}

/**
 * The most checks that one run starts: 28,800 a day. The calendar of AWS's quotas spreads their reads, so that all
 * together take at most a fifth of any bucket.
 */
const MAX_STARTS_PER_RUN = 100;

/** After a pause of the schedule, no more than a day is caught up with. */
const DAY_SECONDS = 86_400;

/** Runs every five minutes. Starts the checks after changes, and the daily ones whose minute has come. */
export async function startDue(scheduling: Scheduling, now: Instant): Promise<void> {
  const { readinesses, tagged } = scheduling;
  const changed = (await readinesses.changed(now)).slice(0, MAX_STARTS_PER_RUN);
  await eachOf(changed, async (one) => {
    await startPaced({ target: one.target, occasion: 'change', id: one.change }, scheduling);
    await readinesses.started(one, now);
  });
  const from = await readinesses.dailyUntil();
  if (from === null) return readinesses.keepDailyUntil(now, now);
  const targets = [...new Set([...(await readinesses.known()), ...(await tagged())])];
  const due = dailyBetween(targets, latest(from, after(now, -DAY_SECONDS)), now);
  const some = due.slice(0, MAX_STARTS_PER_RUN - changed.length);
  await eachOf(some, ({ target, at }) => startPaced({ target, occasion: 'daily', id: at }, scheduling));
  const last = some.length < due.length ? (some.at(-1)?.at ?? from) : now;
  return readinesses.keepDailyUntil(last, now);
}

async function startPaced(check: Check, { turns, start, warn }: Scheduling): Promise<void> {
  const problem = problemOfTarget(check.target);
  if (problem !== null) {
    warn('not checked: no target', { target: check.target, because: problem });
    return;
  }
  const turn = await turns.of(readsToCheck(readTarget(check.target).kind), 'lookout');
  await start({ ...check, ...(turn !== undefined && { turn }) });
}

interface Daily {
  readonly target: string;
  readonly at: Instant;
}

/** Returns the daily checks after one instant and up to another, in order of time. */
export function dailyBetween(targets: readonly string[], from: Instant, until: Instant): readonly Daily[] {
  return targets
    .map((target) => ({ target, at: lastDaily(target, until) }))
    .filter(({ at }) => isAfter(at, from))
    .toSorted((one, other) => one.at.localeCompare(other.at) || one.target.localeCompare(other.target));
}

/** Returns the last instant of a target's own minute of the day, which its name decides. */
function lastDaily(target: string, until: Instant): Instant {
  const seconds = createHash('sha256').update(target).digest().readUInt32BE() % DAY_SECONDS;
  const today = after(`${until.slice(0, 10)}T00:00:00.000Z`, seconds);
  return isAfter(today, until) ? after(today, -DAY_SECONDS) : today;
}

function latest(one: Instant, other: Instant): Instant {
  return isAfter(one, other) ? one : other;
}
