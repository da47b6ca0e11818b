import type { Instant } from '../rollback/request.ts';
import { secondsBetween } from '../rollback/time.ts';
import type { Followed, Weighed } from './document.ts';

/** Sides in flight are read each minute. After the end they are read far less often. */
const MAX_AGE_SECONDS = 75;

/**
 * Reads the sides again before it accuses, if they are old: the owner may have changed the tags, and an operator the
 * revision.
 */
export function withFreshSides({ sides }: Followed, weighed: Weighed, now: Instant): Weighed {
  const concludes = weighed.state === 'accuse' || (weighed.state === 'end' && weighed.quiet);
  if (!concludes || sides?.state !== 'sides' || secondsBetween(sides.at, now) <= MAX_AGE_SECONDS)
    return weighed;
  const { at, counters, says } = weighed;
  return { state: 'wait-for-sides', at, counters, says, seconds: 1 };
}
