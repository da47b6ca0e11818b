import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { after, isAfter } from '../../../src/rollback/time.ts';
import { textOf, versionsIn, type Configuration } from './configuration.ts';
import { textIn } from './deployment-id.ts';

/**
 * Between two looks of the sweep at an alias, with time for a look that failed: so much earlier than it was first seen a
 * change may have been made.
 */
const UNSEEN_SECONDS = 120;

/** When a deployment began and ended, as far as anybody can say: Lambda keeps no time of a change to an alias. */
export interface Times {
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** False: the sweep has not seen the alias as it is now, so that it was changed just now. */
  readonly seen: boolean;
}

/**
 * Looks up in the ledger since when the alias has named a version, and since when it has been as it is now.
 * @param publishedAt of the version: no alias can have named it before
 */
export function timesOf(
  now: Instant,
  configuration: Configuration,
  version: string,
  publishedAt: Instant,
  entries: readonly Entry[],
): Times {
  const text = textOf(configuration);
  const named = sinceWhen(entries, (known) => versionsIn(known).includes(version));
  const unchanged = sinceWhen(entries, (known) => known === text);
  if (named === null) return { startedAt: publishedAt, finishedAt: now, seen: false };
  const earliest = after(named, -UNSEEN_SECONDS);
  return {
    startedAt: isAfter(publishedAt, earliest) ? publishedAt : earliest,
    finishedAt: unchanged ?? now,
    seen: true,
  };
}

/** The oldest of the newest entries that are all about such a configuration; condemnations say nothing about what ran. */
function sinceWhen(entries: readonly Entry[], isSuch: (text: string) => boolean): Instant | null {
  let since: Instant | null = null;
  for (const entry of entries) {
    if (entry.state === 'condemned') continue;
    if (!isSuch(entry.state === 'candidate' ? textIn(entry.deployment) : entry.revision.id)) break;
    since = entry.completedAt;
  }
  return since;
}
