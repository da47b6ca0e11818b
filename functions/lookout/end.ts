import type { LookedAt, Lookouts } from '../../src/ledger/lookouts.ts';
import type { Followed, FollowedSides } from '../../src/lookout/document.ts';
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

function lookedAt(followed: Followed, endedAt: Instant): LookedAt {
  const { target, deployment, startedAt, weighed } = followed;
  const sides = sidesOf(followed);
  return {
    ...{ target, deployment, startedAt, endedAt, mode: 'observe', ...stateOf(followed) },
    ...(sides !== undefined && aboutSides(sides)),
    looks: weighed?.counters.looks ?? 0,
  };
}

/** Returns the sides as they were last seen. */
function sidesOf({ sides }: Followed): FollowedSides | undefined {
  return sides?.state === 'sides' ? sides : sides?.were;
}

function aboutSides({ newer, older, tags }: FollowedSides) {
  const { lookout, windowMinutes } = readSettings(tags);
  const mode = lookout === 'act' ? 'act' : 'observe';
  return { revision: newer.revision, older: older.revision, mode, windowMinutes } as const;
}

function stateOf({ sides, look, weighed, error }: Followed): Pick<LookedAt, 'state' | 'says' | 'accusedAt'> {
  const ended = (...says: readonly string[]) => ({ state: 'ended', says }) as const;
  const says = weighed?.says ?? [];
  if (weighed?.state === 'accuse') return { state: 'accused', says, accusedAt: weighed.at };
  if (error !== undefined) return ended(`It could not go on: ${error.Error ?? 'an unknown error'}.`);
  // Sides is read after Weigh, so its answer is the newer one.
  if (sides?.state === 'none') return ended(sides.reason);
  // Another lookout follows the target: that this one could not compare more says nothing about the deployment.
  if (look?.supersededBy !== undefined || weighed?.state !== 'end') return ended(...says);
  return { state: weighed.quiet ? 'quiet' : 'unclear', says };
}
