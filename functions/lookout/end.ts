import type { LookedAt, Lookouts } from '../../src/ledger/lookouts.ts';
import type { Followed } from '../../src/lookout/document.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { readSettings } from '../../src/rollback/settings.ts';

/**
 * Records what became of a deployment that was followed. Nothing is recorded of one that never was: its target has no
 * tag, or there was nothing to compare.
 */
export function end(lookouts: Pick<Lookouts, 'end'>, now: () => Instant) {
  return async (followed: Followed & { readonly execution: string }): Promise<void> => {
    const { weighed } = followed;
    if (weighed === undefined) return;
    await lookouts.end(followed, lookedAt(followed, now()));
  };
}

function lookedAt({ target, deployment, startedAt, sides, weighed }: Followed, endedAt: Instant): LookedAt {
  const isSided = sides?.state === 'sides';
  return {
    ...{ target, deployment, startedAt, endedAt, ...stateOf(sides, weighed) },
    ...(isSided && { revision: sides.newer.revision }),
    mode: isSided && readSettings(sides.tags).lookout === 'act' ? 'act' : 'observe',
    looks: weighed?.counters.looks ?? 0,
  };
}

function stateOf(
  sides: Followed['sides'],
  weighed: Followed['weighed'],
): Pick<LookedAt, 'state' | 'says' | 'accusedAt'> {
  // Sides is read after Weigh, so its answer is the newer one.
  if (sides?.state === 'none') return { state: 'ended', says: [sides.reason] };
  const says = weighed?.says ?? [];
  if (weighed?.state === 'accuse') return { state: 'accused', says, accusedAt: weighed.at };
  if (weighed?.state !== 'end') return { state: 'ended', says };
  return { state: weighed.quiet ? 'quiet' : 'unclear', says };
}
