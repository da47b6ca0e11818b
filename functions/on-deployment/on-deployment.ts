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
 * Starts a rollback for a failed deployment, and records a completed one.
 * @throws InvalidRequest naming the field, if an event about a deployment cannot be read
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
    // On-hint handles hints. The rule of this function matches none.
    if ('hint' in read) return ignored(read.reason);
    if (read.observed.state !== 'completed') return startAll(starter, read.requests);
    const observed = toSoak(read.observed);
    await ledger.observe(observed);
    return observed;
  };
}
