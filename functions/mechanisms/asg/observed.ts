import type { Entry } from '../../../src/ledger/ledger.ts';
import { withoutSince } from '../../../src/rollback/first-seen.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { launchTemplateRefOf } from '../../../src/targets/kinds/asg/launch-template.ts';
import type { Rollout } from './rollouts.ts';

/** Returns the id of a deployment of which AWS keeps no record: `lt-0a1b2c3d4e5f60718/7 since 2026-11-22T03:04:00.000Z`. */
export function observedId(revision: string, since: Instant): string {
  return `${revision} since ${since}`;
}

/** Returns the id of the revision in such an id; null for any other id. */
export function observedRevision(id: string): string | null {
  const revision = withoutSince(id);
  return revision !== id && launchTemplateRefOf(revision) !== null ? revision : null;
}

/** Returns the rollouts that the ledger has observed or proven. */
export function observedRollouts(entries: readonly Entry[]): readonly Rollout[] {
  return entries.flatMap((entry) => {
    if (entry.state === 'condemned') return [];
    const revision = entry.state === 'proven' ? entry.revision.id : observedRevision(entry.deployment);
    if (revision === null) return [];
    const { completedAt: at } = entry;
    return [
      {
        id: observedId(revision, at),
        state: 'completed' as const,
        startedAt: at,
        finishedAt: at,
        revision,
        isSeen: true as const,
      },
    ];
  });
}
