import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { createQuestions } from '../../src/approvals/questions.ts';
import { createReply } from '../../src/approvals/reply.ts';
import { createReadPause } from '../../src/aws/pause.ts';
import { tablesOf } from '../../src/aws/tables.ts';
import { createEmitter } from '../../src/events/emit.ts';
import { handlerOf, type LambdaHandler } from '../../src/lambda/handler.ts';
import { createSendAnswer, createTend } from '../../src/lambda/storms.ts';
import { createManyTurns } from '../../src/lambda/turns.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { createClaims, createStorms } from '../../src/ledger/dynamodb.ts';
import { createCalendar } from '../../src/quotas/dynamodb-calendar.ts';
import { InvalidRequest } from '../../src/rollback/errors.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { createAccess } from '../../src/slack/door.ts';
import { answer } from './answer.ts';
import { createDeliver } from './deliver.ts';
import { update } from './update.ts';

const text = z.string().check(z.minLength(1), z.maxLength(256));

/** A call of the state machine `storm`. */
const Call = z.discriminatedUnion('verb', [
  z.object({ verb: z.literal('update'), storm: text, generation: z.number(), startedAt: text }),
  z.object({ verb: z.literal('answer'), storm: text, list: text, after: z.string() }),
]);

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now } = surroundings;
  const tables = tablesOf(surroundings);
  const table = setting('CLAIMS_TABLE');
  const states = connect(SFNClient);
  const [storms, claims, questions] = [
    createStorms(tables, table),
    createClaims(tables, table),
    createQuestions(tables, table),
  ];
  const emitter = createEmitter(connect(EventBridgeClient), setting('BUS_NAME'));
  const turnsFrom = (at: Instant) =>
    createManyTurns(
      createCalendar(tables, table, () => at),
      () => at,
    );
  const deliver = createDeliver({ storms, questions, reply: createReply(states), turnsFrom });
  const tend = createTend(states, setting('STORM_MACHINE_ARN'), storms, now);
  const may = createAccess(surroundings);
  const readPause = createReadPause(surroundings);

  const verbs = {
    update: update(
      {
        ...{ storms, emitter, deliver, tend, readPause },
        sendAnswer: createSendAnswer(states, setting('STORM_MACHINE_ARN')),
        endOf: async ({ target, execution }) =>
          (await claims.record(target, execution))?.outcome?.state ?? null,
      },
      now,
    ),
    answer: answer({ storms, emitter, deliver, tend, may, readPause }, now),
  };

  return handlerOf((event) => {
    const read = Call.safeParse(event);
    if (!read.success) {
      const [issue] = read.error.issues;
      throw new InvalidRequest(
        issue?.path.join('.') ?? '',
        `must be one of ${Object.keys(verbs).join(', ')}`,
      );
    }
    const call = read.data;
    return call.verb === 'update' ? verbs.update(call) : verbs.answer(call);
  });
}
