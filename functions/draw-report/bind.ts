import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { SFNClient } from '@aws-sdk/client-sfn';
import { createReports } from '../../src/aws/reports.ts';
import { handlerOf, type LambdaHandler } from '../../src/lambda/handler.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { drawReport } from './draw-report.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect } = surroundings;
  return handlerOf(
    drawReport({
      states: connect(SFNClient),
      cloudwatch: connect(CloudWatchClient),
      reports: createReports(surroundings),
    }),
  );
}
