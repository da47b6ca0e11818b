import { logger } from '../../src/lambda/logger.ts';
import type { Handover, HandoverAnswer, Handovers, Taking } from '../../src/ledger/handovers.ts';
import type { Reports } from '../../src/ledger/reports.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { rejected, type Rejected } from '../../src/targets/answer.ts';
import { arrivalOf, writeReport } from '../../src/targets/report-id.ts';
import type { RollbackAnswered } from '../../src/targets/rollback-answered.ts';

export interface TakingHandovers {
  readonly handovers: Pick<Handovers, 'answer'>;
  readonly reports: Pick<Reports, 'keep'>;
}

/**
 * Takes the answer of another system to a handover. The end of a way back is also kept as a deployment, so that the next
 * plan knows what runs. Returns why an answer was not taken.
 */
export async function takeRollbackAnswer(
  { rollback, source, answer }: RollbackAnswered,
  { handovers, reports }: TakingHandovers,
  now: Instant,
): Promise<Rejected | null> {
  const taking = await handovers.answer(rollback, source, answer, now);
  if (taking.is === 'taken') {
    await keepArrival(taking.handover, source, answer, reports, now);
    return null;
  }
  const why = whyNot(taking, source);
  logger.warn('answer not taken', { rollback, source, answer, why });
  return why;
}

async function keepArrival(
  { id, target }: Handover,
  source: string,
  answer: HandoverAnswer,
  reports: Pick<Reports, 'keep'>,
  at: Instant,
): Promise<void> {
  if (answer.state !== 'done') return;
  const deployment = writeReport({ deployment: arrivalOf(id), revision: answer.revision, source });
  await reports.keep({ target, deployment, state: 'completed', at });
}

function whyNot(taking: Exclude<Taking, { is: 'taken' }>, source: string): Rejected {
  switch (taking.is) {
    case 'unknown':
      return rejected('detail.rollback', 'is no rollback that Lastgood has handed over');
    case 'stranger':
      return rejected(
        'source',
        `${JSON.stringify(source)} may not answer for ${taking.handover.target}: its tag lastgood:source names ${taking.handover.sources.join(' and ')}`,
      );
    case 'late':
      return rejected('detail.rollback', `waited for an answer until ${taking.handover.until}`);
    case 'answered':
      return rejected('detail.rollback', `was answered before: ${taking.final.state}`);
  }
}
