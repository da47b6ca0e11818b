import { looksOf, stretched } from '../../src/lambda/pace.ts';
import type { Turns } from '../../src/lambda/turns.ts';
import type { InReversion } from '../../src/rollback/document.ts';
import type { Health } from '../../src/rollback/health.ts';
import type { Instant } from '../../src/rollback/request.ts';
import type { Take } from '../../src/rollback/turn.ts';
import { watchedGroups } from './watched-groups.ts';

/** Stretches the wait before the next poll, which is one look of Settle and one of Verify. */
export async function pacedProof(
  health: Health,
  rollback: InReversion,
  turns: Turns,
  now: Instant,
): Promise<Health> {
  if (health.state !== 'pending') return health;
  const takes = [...looksOf(rollback.plan), ...readsOf(rollback)];
  return {
    ...health,
    pollAgainInSeconds: await stretched(health.pollAgainInSeconds, takes, turns, now),
  };
}

/** Returns what Verify reads: the health of each group, and the alarms. */
function readsOf(rollback: InReversion): readonly Take[] {
  const groups = watchedGroups(rollback).length;
  return [
    { quota: 'elb read', calls: groups },
    { quota: 'cloudwatch DescribeAlarms', calls: 1 },
  ].filter(({ calls }) => calls > 0);
}
