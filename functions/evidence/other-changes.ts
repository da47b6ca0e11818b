import type { Changes } from '../../src/ledger/changes.ts';
import type { Instant } from '../../src/rollback/request.ts';
import type { EvidenceSource } from './source.ts';

/** Reads which flags, parameters and secrets changed within the last hour, anywhere in the account, newest first. */
export function otherChanges(changes: Pick<Changes, 'lately'>, now: () => Instant): EvidenceSource {
  return {
    name: 'other changes',
    read: async () => ({
      lines: (await changes.lately(now())).map(({ at, kind, subject }) => `${at} ${kind} ${subject}`),
    }),
  };
}
