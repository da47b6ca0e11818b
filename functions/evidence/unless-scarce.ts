import type { Calendar } from '../../src/quotas/dynamodb-calendar.ts';
import { quotaNamed, type QuotaName } from '../../src/quotas/quotas.ts';
import type { EvidenceSource } from './source.ts';

/**
 * Leaves out a source while ways back wait for its quota: evidence must not delay them. A calendar that cannot be read
 * leaves out nothing.
 */
export function unlessScarce(
  source: EvidenceSource,
  name: QuotaName,
  calendar: Pick<Calendar, 'isScarce'>,
): EvidenceSource {
  const isScarce = async (): Promise<boolean> => {
    const quota = quotaNamed(name);
    return quota !== null && (await calendar.isScarce(quota).catch(() => false));
  };
  return {
    ...source,
    read: async (rollback, signal) => {
      if (await isScarce()) throw new Error(`was left out: ways back wait for the quota ${name}`);
      return source.read(rollback, signal);
    },
  };
}
