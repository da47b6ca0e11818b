import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting } from '../../src/aws/client.ts';
import { createEmitter } from '../../src/events/emit.ts';
import { handlerOf, type LambdaHandler } from '../../src/lambda/handler.ts';
import { now } from '../../src/lambda/now.ts';
import { steps } from '../../src/lambda/steps.ts';
import { createClaims, createLedger } from '../../src/ledger/dynamodb.ts';
import { InvalidRequest } from '../../src/rollback/errors.ts';
import { backstop } from './backstop.ts';
import { report } from './report.ts';
import { tell } from './tell.ts';

const tables = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));
const emitter = createEmitter(new EventBridgeClient(clientOptions), setting('BUS_NAME'));
const ledger = createLedger(tables, setting('LEDGER_TABLE'));
const claims = createClaims(tables, setting('CLAIMS_TABLE'));

const stepsOfReport = steps({
  tell: { run: ({ rollback }) => tell(rollback, emitter) },
  report: {
    adds: 'outcome',
    run: ({ rollback, execution }) => {
      if (execution === undefined) throw new InvalidRequest('execution', 'is missing');
      return report(rollback, execution, { emitter, ledger, claims }, now());
    },
  },
});
const backstopEvent = handlerOf((event) => backstop(event, { emitter, claims }, now()));

/** A state of the workflow, and the target of the rule on executions that ended badly. */
export const handler: LambdaHandler = (event, context) =>
  isBusEvent(event) ? backstopEvent(event, context) : stepsOfReport(event, context);

function isBusEvent(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'detail-type' in event;
}
