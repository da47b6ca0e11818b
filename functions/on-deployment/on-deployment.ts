import type { Reply } from '../../src/approvals/reply.ts';
import type { Follow } from '../../src/lambda/follow.ts';
import { logger } from '../../src/lambda/logger.ts';
import { startAll, type Start, type Starter } from '../../src/lambda/start.ts';
import type { Ledger, ObservedRevision } from '../../src/ledger/ledger.ts';
import type { Reports } from '../../src/ledger/reports.ts';
import type { Waits } from '../../src/ledger/waits.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { isAfter } from '../../src/rollback/time.ts';
import { readBusEvent } from '../../src/targets/bus-event.ts';
import { asError, ignored, type Ignored } from '../../src/targets/answer.ts';
import { readDeployment } from '../../src/targets/deployment.ts';
import type { ObservedDeployment } from '../../src/targets/kind.ts';
import { toSoak } from '../../src/targets/soak.ts';

export interface OnDeployment {
  readonly starter: Starter;
  readonly ledger: Pick<Ledger, 'observe'>;
  readonly reports: Pick<Reports, 'keep'>;
  readonly waits: Pick<Waits, 'tokenOf'>;
  readonly reply: Reply;
  readonly follow: Follow;
}

/**
 * Starts a lookout for a deployment that began, and a rollback for one that failed. Records a completed one, and follows
 * it in case its beginning was missed. An end, of whatever deployment, ends the wait of a rollback of the target: Settle
 * polls the one that it follows. A way back begins with an event too, which must not end its own wait.
 * @throws InvalidRequest naming the field, if an event about a deployment cannot be read
 */
export function onDeployment(
  { starter, ledger, reports, waits, reply, follow }: OnDeployment,
  now: () => Instant,
): (event: unknown) => Promise<readonly Start[] | ObservedRevision | Ignored> {
  return async (event) => {
    const read = readDeployment(notAhead(event, now()));
    if (read.kind === 'rejected') throw asError(read);
    logger.info('read', { ...read });
    if (read.kind === 'ignored') return read;
    // On-hint handles hints. The rule of this function matches none.
    if ('hint' in read) return ignored(read.reason);
    // Before the rollback starts: its plan reads the reports.
    if (read.observed.isReport) await reports.keep(read.observed);
    const [answer] = await Promise.all([
      read.observed.state === 'completed' ? observe(read.observed) : startAll(starter, read.requests),
      ...(read.observed.state === 'started' ? [] : [endWait(read.observed)]),
      ...(read.observed.state === 'failed' ? [] : [follow(read.observed)]),
    ]);
    return answer;
  };

  async function observe(deployment: ObservedDeployment): Promise<ObservedRevision> {
    const observed = toSoak(deployment);
    await ledger.observe(observed);
    return observed;
  }

  /** Never throws: a wait that this does not end ends at the next poll. */
  async function endWait({ target, deployment }: ObservedDeployment): Promise<void> {
    try {
      const token = await waits.tokenOf(target, now());
      if (token !== null) logger.info('wait ended', { target, answer: await reply(token, { deployment }) });
    } catch (error) {
      logger.warn('wait not ended', error as Error);
    }
  }
}

/**
 * Returns a report with no time in the future. Its sender sets the time: with a clock that is ahead, a deployment would
 * seem to begin after the harm that it does, and the one before would be blamed.
 */
function notAhead(event: unknown, now: Instant): unknown {
  const { source, time } = readBusEvent(event) ?? { source: 'aws.', time: '' };
  return !source.startsWith('aws.') && isAfter(time, now) ? { ...(event as object), time: now } : event;
}
