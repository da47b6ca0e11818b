import { stretched } from '../../src/lambda/pace.ts';
import type { Turns } from '../../src/lambda/turns.ts';
import type { Followed, Weighed } from '../../src/lookout/document.ts';
import { isNewerUp } from '../../src/lookout/count.ts';
import { areTargetsDue } from '../../src/lookout/pace.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after } from '../../src/rollback/time.ts';
import type { Take } from '../../src/rollback/turn.ts';
import { readsOf, readTarget } from '../../src/targets/target.ts';

/**
 * Stretches the wait before a reading of the sides or of the targets where many lookouts read. All together take at most
 * a fifth of any bucket.
 */
export async function paced(
  followed: Followed,
  weighed: Weighed,
  turns: Turns,
  now: Instant,
): Promise<Weighed> {
  if (weighed.state !== 'wait' && weighed.state !== 'wait-for-sides') return weighed;
  const takes = takesOf(followed, weighed, now);
  if (takes.length === 0) return weighed;
  return { ...weighed, seconds: await stretched(weighed.seconds, takes, turns, now, 'lookout') };
}

function takesOf({ target, sides, look }: Followed, weighed: Weighed, now: Instant): readonly Take[] {
  if (sides?.state !== 'sides') return [];
  const next = after(now, 'seconds' in weighed ? weighed.seconds : 0);
  const groups = new Set([...sides.newer.groups, ...sides.older.groups]).size;
  const isUp = isNewerUp(sides, weighed.counters);
  const readsTargets = groups > 0 && areTargetsDue(look ?? {}, isUp, sides.startedAt, next);
  return [
    ...(weighed.state === 'wait-for-sides' ? readsOf(readTarget(target).kind).plan : []),
    ...(readsTargets ? [{ quota: 'elb read', calls: groups }] : []),
  ];
}
