import { looksOf, stretched } from '../../src/lambda/pace.ts';
import type { Turns } from '../../src/lambda/turns.ts';
import type { InReversion } from '../../src/rollback/document.ts';
import type { Health } from '../../src/rollback/health.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { watchedGroups } from './watched-groups.ts';

/** Stretches the wait before the next poll, which is one look of Settle and one of Verify. */
export async function pacedProof(
  health: Health,
  rollback: InReversion,
  turns: Turns,
  now: Instant,
): Promise<Health> {
  if (health.state !== 'pending') return health;
  const takes = looksOf(rollback.plan, watchedGroups(rollback).length);
  return {
    ...health,
    pollAgainInSeconds: await stretched(health.pollAgainInSeconds, takes, turns, now),
  };
}
