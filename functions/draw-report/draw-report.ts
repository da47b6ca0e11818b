import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Reports } from '../../src/aws/reports.ts';
import { logger } from '../../src/lambda/logger.ts';
import { renderReport } from '../../src/report/page.ts';
import type { Material } from '../../src/report/material.ts';
import { readEnded } from './ended.ts';
import { readHistory } from './history.ts';
import { measure } from './measure.ts';

export interface Drawing {
  readonly states: Pick<SFNClient, 'send'>;
  readonly cloudwatch: Pick<CloudWatchClient, 'send'>;
  readonly reports: Pick<Reports, 'put'>;
}

/**
 * Draws the report page of a rollback that ended, and puts it into the bucket. It listens to the end on the bus, so that
 * no trouble here delays Report. A page replaces an earlier one of the same execution: a redelivered event does no harm.
 * @throws the error of Step Functions or S3; then Lambda retries. Without metrics the page says so
 */
export function drawReport({ states, cloudwatch, reports }: Drawing) {
  return async (event: unknown): Promise<'drawn' | 'ignored'> => {
    const ended = readEnded(event);
    if (ended === null) return 'ignored';
    const { execution, target } = ended;
    const { document, entered } = await readHistory(states, execution);
    const known = { execution, target, document, states: entered, end: ended };
    const { charts, missing } = await chartsFor(known, cloudwatch);
    await reports.put(execution, renderReport({ ...known, charts, missing }));
    return 'drawn';
  };
}

async function chartsFor(
  known: Omit<Material, 'charts' | 'missing'>,
  cloudwatch: Drawing['cloudwatch'],
): Promise<Pick<Material, 'charts' | 'missing'>> {
  const found = await measure(known, cloudwatch);
  for (const { error } of found.failed) logger.warn('not measured', error);
  return {
    charts: found.charts,
    missing: found.failed.map(({ what, error }) => `CloudWatch did not show ${what} (${error.name}).`),
  };
}
