import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { createEmitter } from '../../src/events/emit.ts';
import { publishSteps } from '../../src/events/publish-steps.ts';
import { reportLinks } from '../../src/events/report-link.ts';
import { handlerOf, type LambdaHandler } from '../../src/lambda/handler.ts';
import { logger } from '../../src/lambda/logger.ts';
import { createOwnMetrics } from '../../src/lambda/own-metrics.ts';
import { steps } from '../../src/lambda/steps.ts';
import { createClaims, createLedger, createStorms } from '../../src/ledger/dynamodb.ts';
import { InvalidRequest } from '../../src/rollback/errors.ts';
import { backstop } from './backstop.ts';
import { report } from './report.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { tablesOf } from '../../src/aws/tables.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now } = surroundings;
  const tables = tablesOf(surroundings);
  const emitter = createEmitter(connect(EventBridgeClient), setting('BUS_NAME'));
  const ledger = createLedger(tables, setting('LEDGER_TABLE'));
  const claims = createClaims(tables, setting('CLAIMS_TABLE'));
  const storms = createStorms(tables, setting('CLAIMS_TABLE'));
  const measure = createOwnMetrics(setting('OWN_NAME'));
  const reportLink = reportLinks(setting('REPORTS_URL'));

  const warn = (error: Error) => logger.warn('not published yet', error);

  const stepsOfReport = steps({
    publish: { run: ({ rollback }) => publishSteps(rollback, emitter, warn) },
    report: {
      adds: 'outcome',
      run: ({ rollback, execution }) => {
        if (execution === undefined) throw new InvalidRequest('execution', 'is missing');
        return report(rollback, execution, { emitter, ledger, claims, storms, measure, reportLink }, now());
      },
    },
  });
  const backstopEvent = handlerOf((event) =>
    backstop(event, { emitter, claims, measure, reportLink }, now()),
  );

  /** Serves a state of the workflow, and the rule on executions that ended badly. */
  return (event, context) =>
    isBusEvent(event) ? backstopEvent(event, context) : stepsOfReport(event, context);
}

function isBusEvent(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'detail-type' in event;
}
