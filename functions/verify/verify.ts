import type { InReversion } from '../../src/rollback/document.ts';
import { proveHealth, weighSilence, type Health, type ReadSign } from '../../src/rollback/health.ts';
import { withoutPause } from '../../src/rollback/pause.ts';
import { rehearsalOf, type Instant } from '../../src/rollback/request.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { after, isAfter } from '../../src/rollback/time.ts';
import { settledSince } from './settled-since.ts';

/** Reads signs of health, in one poll. Never throws: a sign that cannot be read has the state `unknown`. */
export type SignSource = (rollback: InReversion) => Promise<readonly ReadSign[]>;

/**
 * How long signs may take to turn after the way back first settled: an alarm on five periods of a minute, and slack.
 */
const RECOVERY_SECONDS = 900;

/** Polls every source once, in parallel. */
export async function verify(
  rollback: InReversion,
  sources: readonly SignSource[],
  now: Instant,
): Promise<Health> {
  const signs = await Promise.all(sources.map((poll) => poll(rollback)));
  const proofSeconds = readSettings(rollback.plan.tags).proofMinutes * 60;
  const previous = lastPoll(rollback);
  return proveHealth(weighSilence(signs.flat()), previous, {
    now,
    proofSeconds,
    verifyBy:
      previous === undefined
        ? after(now, RECOVERY_SECONDS + proofSeconds)
        : withoutPause(previous.verifyBy, previous.at, rollback.paused),
    settledSince: settledSince(rollback, now),
    isRehearsal: rehearsalOf(rollback.request)?.way === 'back',
  });
}

/** Returns the previous poll of the same way back. A new rung gets a new deadline. */
function lastPoll({ health, reverted }: InReversion): Extract<Health, { state: 'pending' }> | undefined {
  return health?.state === 'pending' && !isAfter(reverted.at, health.at) ? health : undefined;
}
