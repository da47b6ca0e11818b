import { logger } from '../../src/lambda/logger.ts';
import { startAll, type Start, type Starter } from '../../src/lambda/start.ts';
import type { Ledger, ObservedRevision } from '../../src/ledger/ledger.ts';
import { asError, ignored, type Ignored } from '../../src/targets/answer.ts';
import { readDeployment } from '../../src/targets/deployment.ts';
import { toSoak } from '../../src/targets/soak.ts';

export interface OnDeployment {
  readonly starter: Starter;
  readonly ledger: Pick<Ledger, 'observe'>;
}

/**
 * Starts a rollback for a deployment that failed; records one that completed.
 * @throws InvalidRequest naming the field, for an event about a deployment that cannot be read
 */
export function onDeployment({
  starter,
  ledger,
}: OnDeployment): (event: unknown) => Promise<readonly Start[] | ObservedRevision | Ignored> {
  return async (event) => {
    const read = readDeployment(event);
    if (read.kind === 'rejected') throw asError(read);
    logger.info('read', { ...read });
    if (read.kind === 'ignored') return read;
    // Hints are on-hint's: the rule of this function takes none.
    if ('hint' in read) return ignored(read.reason);
    if (read.observed.state !== 'completed') return startAll(starter, read.requests);
    const observed = toSoak(read.observed);
    await ledger.observe(observed);
    return observed;
  };
}
