import { SFNClient } from '@aws-sdk/client-sfn';
import { createReply } from '../../src/approvals/reply.ts';
import { createWaiting } from '../../src/approvals/waiting.ts';
import { steps } from '../../src/lambda/steps.ts';
import { interrupt } from './interrupt.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { tablesOf } from '../../src/aws/tables.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now } = surroundings;
  const tables = tablesOf(surroundings);
  const waiting = createWaiting(tables, setting('CLAIMS_TABLE'));
  const reply = createReply(connect(SFNClient));

  return steps({
    interrupt: { adds: 'interrupted', run: interrupt({ waiting, reply }, now) },
  });
}
