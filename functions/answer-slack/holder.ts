import { logger } from '../../src/lambda/logger.ts';
import type { RollbackRecord } from '../../src/ledger/claims.ts';
import type { OpenDesk } from './desk.ts';
import { MAX_RUNNING } from './listing.ts';

/**
 * Returns the rollback of the target that still runs. Null: there is none, or the table cannot be read, which must not
 * keep a person from going back.
 * @param trigger id of a trigger whose own rollback does not count
 */
export async function holderOf(
  { claims, now }: Pick<OpenDesk, 'claims' | 'now'>,
  target: string,
  trigger?: string,
): Promise<RollbackRecord | null> {
  try {
    const open = await claims.open(now(), MAX_RUNNING);
    const isHolder = (one: RollbackRecord): boolean =>
      one.target === target &&
      one.outcome === undefined &&
      (trigger === undefined || one.request.trigger?.id !== trigger);
    return open.find(isHolder) ?? null;
  } catch (error) {
    logger.warn('the rollbacks that run could not be read', error as Error);
    return null;
  }
}
