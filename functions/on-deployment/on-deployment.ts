import { logger } from '../../src/lambda/logger.ts';
import { startAll, type Start, type Starter } from '../../src/lambda/start.ts';
import type { Ledger, Sighting } from '../../src/ledger/ledger.ts';
import { asError, ignored, type Ignored } from '../../src/targets/answer.ts';
import { answerDeployment, readDeployment } from '../../src/targets/deployment.ts';
import type { Hint } from '../../src/targets/kind.ts';
import { toSoak } from '../../src/targets/soak.ts';
import type { Look } from './look.ts';

export interface OnDeployment {
  readonly starter: Starter;
  readonly ledger: Pick<Ledger, 'sighted'>;
  readonly look: Look;
}

/**
 * Starts a rollback for a deployment that failed; records one that completed. A hint that one may have stalled makes it look.
 * @throws InvalidRequest naming the field, for an event about a deployment that cannot be read
 */
export function onDeployment({
  starter,
  ledger,
  look,
}: OnDeployment): (event: unknown) => Promise<readonly Start[] | Sighting | Ignored> {
  return async (event) => {
    const read = readDeployment(event);
    if (read.kind === 'rejected') throw asError(read);
    logger.info('read', { ...read });
    if (read.kind === 'ignored') return read;
    if ('hint' in read) return afterHint(read.hint, look, starter);
    if (read.sighting.state !== 'completed') return startAll(starter, read.requests);
    const sighting = toSoak(read.sighting);
    await ledger.sighted(sighting);
    return sighting;
  };
}

async function afterHint(
  { target }: Hint,
  look: Look,
  starter: Starter,
): Promise<readonly Start[] | Ignored> {
  const stalled = await look(target);
  if (stalled === null) return ignored(`no deployment of ${target} is known to have stalled`);
  const answer = answerDeployment(stalled);
  if (answer.kind === 'rejected') throw asError(answer);
  logger.info('stalled', { ...answer });
  return answer.kind === 'ignored' ? answer : startAll(starter, answer.requests);
}
