import { planHash } from '../../src/approvals/plan-hash.ts';
import { createQuestions, type Question } from '../../src/approvals/questions.ts';
import { createReply } from '../../src/approvals/reply.ts';
import type { Answer, Rollback } from '../../src/rollback/document.ts';
import { asPlanned } from '../../src/rollback/doors.ts';
import { ask } from '../command-line/ask.ts';
import { CannotSay, FINE, FORBIDDEN, WrongUse, type Status } from '../command-line/status.ts';
import { withAws, type Aws } from './aws.ts';
import { awsNow } from './aws-now.ts';
import { EXECUTION, readExecution, readPlaceOf } from './execution.ts';
import { permissionsHelp, statusHelp } from './help.ts';
import { identityOf } from './identity.ts';
import { executionArn } from './machines.ts';
import { warnOfPause } from './pausing.ts';
import { textOf } from './plan/text.ts';
import type { Given, Verb } from './verb.ts';
import { eventsSince } from './watch/follow.ts';

/** The answer, and its words. */
interface Kind {
  readonly answer: Answer['answer'];
  readonly does: string;
  readonly question: string;
  readonly done: string;
}

/** A question as a person sees it: the document with its plan, and its record. */
interface Shown {
  readonly rollback: ReturnType<typeof asPlanned>;
  readonly question: Question;
}

const help = (
  does: string,
) => `Shows the plan and its hash, and asks you before it ${does}. With --plan it asks nothing, and answers only the question about that
plan. The answer is made with your own credentials, carries your IAM identity, and stands in CloudTrail (SendTaskSuccess).
Where lastgood:approvals = 2, only Slack knows that two people agree: no approval from here counts.

${permissionsHelp([
  ['states:GetExecutionHistory', 'execution:lastgood-STAGE-rollback:*'],
  ['states:ListStateMachines', '*'],
  ['dynamodb:GetItem', 'table/lastgood-STAGE-claims'],
  ['states:SendTaskSuccess', '*'],
  ['ssm:GetParameter', 'parameter/lastgood/STAGE/pause'],
])}
states:ListStateMachines is needed where EXECUTION is a name.

${statusHelp({
  fine: 'it was answered',
  forbidden:
    'you did not confirm, nothing waits for an answer, the plan is another one, or two people must agree',
  cannotSay: 'the question could not be read or answered',
})}`;

/** Returns the verb that gives one answer to the question of a rollback. */
export function answering(kind: Kind, does: string): Verb {
  return {
    does: kind.does,
    declare: (command) =>
      command
        .argument(...EXECUTION)
        .option('--plan <hash>', 'answer only the question about this plan, without asking you'),
    help: help(does),
    run: (given) => run(given, kind),
  };
}

async function run(given: Given, kind: Kind): Promise<Status> {
  const { args, options, place: asked, isJson } = given;
  const execution = readExecution(args[0] ?? '');
  const place = readPlaceOf(execution, asked);
  const wanted = readHash(options['plan']);
  return withAws(place, async (aws) => {
    const shown = await read(aws, place.stage, await executionArn(aws.states, place.stage, execution));
    if (shown === null) return refuse('no question of this rollback waits for an answer');
    const { rollback, question } = shown;
    const plan = question.about.plan;
    if (!isJson)
      console.log(
        `${textOf(rollback.request.target, rollback.plan, rollback.verdict)}\n\n  plan     ${plan}`,
      );
    await warnOfPause(aws.ssm, place.stage);
    if (kind.answer === 'approved' && question.about.approvals === 2)
      return refuse('two people must agree (lastgood:approvals = 2), and only Slack knows both of them');
    if (wanted !== null && wanted !== plan) return refuse(`the question is about another plan, ${plan}`);
    if (wanted === null && !(await isConfirmed(kind))) return FORBIDDEN;
    const answer: Answer = { answer: kind.answer, by: await identityOf(aws.sts), at: awsNow(aws.sts), plan };
    const replied = await createReply(aws.states)(question.token, answer);
    if (replied === 'too-late') return refuse('it was answered or timed out before you');
    console.log(isJson ? JSON.stringify(answer) : kind.done);
    return FINE;
  });
}

/** @throws WrongUse */
function readHash(plan: string | boolean | undefined): string | null {
  if (typeof plan !== 'string') return null;
  if (!/^[0-9a-f]{64}$/.test(plan)) throw new WrongUse('--plan must be the hash that this verb shows');
  return plan;
}

function refuse(why: string): Status {
  console.error(`lastgood: ${why}`);
  return FORBIDDEN;
}

async function isConfirmed({ question }: Kind): Promise<boolean> {
  return /^y(es)?$/i.test((await ask(`${question} [y/N] `)).trim());
}

/** Reads the open question of an execution, with the plan that it is about. Null: none is open. */
async function read({ states, tables }: Aws, stage: string, arn: string): Promise<Shown | null> {
  const entered = (await eventsSince(states, arn, 0)).findLast(
    ({ stateEnteredEventDetails: state }) => state !== undefined,
  )?.stateEnteredEventDetails;
  if (entered?.name !== 'Approve' || entered.input === undefined) return null;
  const rollback = asPlanned(JSON.parse(entered.input) as Rollback);
  const questions = createQuestions(tables, `lastgood-${stage}-claims`);
  const question = await questions.of(rollback.request.target, rollback.execution);
  if (question === null) return null;
  // The record is of a newer question than the history, or the history is late.
  if (question.about.plan !== planHash(rollback.plan))
    throw new CannotSay('the question changes at this moment: try again');
  return { rollback, question };
}
