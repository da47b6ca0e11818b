import type { InReversion } from '../../src/rollback/document.ts';
import { proveHealth, weighSilence, type Health, type ReadSign } from '../../src/rollback/health.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { after, isAfter } from '../../src/rollback/time.ts';
import { settledSince } from './settled-since.ts';

/** Where signs of health are read. One poll; never throws: what cannot be read is a sign whose state is `unknown`. */
export type SignSource = (rollback: InReversion) => Promise<readonly ReadSign[]>;

/** How long, after the way back first settled, signs may take to turn: an alarm over five periods of a minute, and slack. */
const RECOVERY_SECONDS = 900;

/** Polls every source once, all at the same time. */
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
    verifyBy: previous?.verifyBy ?? after(now, RECOVERY_SECONDS + proofSeconds),
    settledSince: settledSince(rollback, now),
  });
}

/** The poll before this one, if it was at the same way back: a new rung gets a new deadline. */
function lastPoll({ health, reverted }: InReversion): Extract<Health, { state: 'pending' }> | undefined {
  return health?.state === 'pending' && !isAfter(reverted.at, health.at) ? health : undefined;
}
