import { createReports } from '../../src/aws/reports.ts';
import { handlerOf, type LambdaHandler } from '../../src/lambda/handler.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { openReport } from './open-report.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  return handlerOf(openReport(createReports(surroundings)));
}
