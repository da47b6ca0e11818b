import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { createQuestions } from '../../src/approvals/questions.ts';
import { createReply } from '../../src/approvals/reply.ts';
import { createTagging, MODES, optedInOnce } from '../../src/aws/opted-in.ts';
import { createReadPause, createWritePause } from '../../src/aws/pause.ts';
import { createReports } from '../../src/aws/reports.ts';
import { createEmitter } from '../../src/events/emit.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { createStartCheck } from '../../src/lambda/start-check.ts';
import { createStarter } from '../../src/lambda/start.ts';
import { createFreezes } from '../../src/ledger/dynamodb-freezes.ts';
import { createSendAnswer } from '../../src/lambda/storms.ts';
import { createClaims, createLedger, createReadinesses, createStorms } from '../../src/ledger/dynamodb.ts';
import { knownTargets } from '../../src/ledger/known-targets.ts';
import { createAnswerTo } from '../../src/slack/answer-url.ts';
import { createDoor } from '../../src/slack/door.ts';
import { createTargets } from '../../src/slack/targets.ts';
import { taggedTargets } from '../../src/targets/tagged.ts';
import { taggedGroups } from '../../src/aws/tagged-groups.ts';
import { answerSlack } from './answer-slack.ts';
import type { OpenDesk } from './desk.ts';
import { createLists } from './lists.ts';
import { createPlans } from './plans.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { tablesOf } from '../../src/aws/tables.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';

/** Only a person waits for this answer, so reading the tags may take its time. */
const TAGGED_WITHIN_MS = 10_000;

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now, fetch } = surroundings;
  const tables = tablesOf(surroundings);
  const states = connect(SFNClient);
  const tagging = createTagging(connect);
  const autoscaling = connect(AutoScalingClient);
  const door = createDoor(surroundings);

  const parts = {
    targets: createTargets(
      () => knownTargets(tables, setting('LEDGER_TABLE')),
      () => taggedTargets({ optedIn: optedInOnce(tagging), groups: () => taggedGroups(autoscaling, MODES) }),
      TAGGED_WITHIN_MS,
    ),
    ledger: createLedger(tables, setting('LEDGER_TABLE')),
    claims: createClaims(tables, setting('CLAIMS_TABLE')),
    startCheck: createStartCheck(states, setting('READINESS_MACHINE_ARN')),
    readinesses: createReadinesses(tables, setting('LEDGER_TABLE')),
    freezes: createFreezes(tables, setting('LEDGER_TABLE')),
    readPause: createReadPause(surroundings),
    writePause: createWritePause(surroundings),
    emitter: createEmitter(connect(EventBridgeClient), setting('BUS_NAME')),
    lists: createLists(states, setting('LIST_MACHINE_ARN')),
    plans: createPlans(states, setting('PLAN_MACHINE_ARN')),
    starter: createStarter(states, setting('STATE_MACHINE_ARN')),
    questions: createQuestions(tables, setting('CLAIMS_TABLE')),
    reply: createReply(states),
    reports: createReports(surroundings),
    storms: createStorms(tables, setting('CLAIMS_TABLE')),
    sendAnswer: createSendAnswer(states, setting('STORM_MACHINE_ARN')),
    answerTo: createAnswerTo(fetch, setting('SLACK_HOOKS')),
    now,
  };

  async function open(): Promise<OpenDesk | null> {
    const opened = await door();
    return opened === null ? null : { ...parts, ...opened };
  }

  return handlerOf(answerSlack(open));
}
