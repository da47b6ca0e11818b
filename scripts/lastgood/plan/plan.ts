import { planHash } from '../../../src/approvals/plan-hash.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import type { Verdict } from '../../../src/rollback/verdict.ts';
import { ENDED_BADLY, FINE, FORBIDDEN, type Status } from '../../command-line/status.ts';
import { dated } from '../../terminal/dated.ts';
import { withAws } from '../aws.ts';
import { permissionsHelp, statusHelp } from '../help.ts';
import { READS_PAUSE, warnOfPause } from '../pausing.ts';
import { readWish, TO } from '../request.ts';
import { TARGET } from '../target.ts';
import type { Given, Verb } from '../verb.ts';
import { readPlan } from './read.ts';
import { textOf } from './text.ts';

const HELP = `Changes nothing: the execution of lastgood-STAGE-plan has no state that writes. The verdict is that of a rollback
which is asked for now, without an alarm.

${permissionsHelp([
  ['states:ListStateMachines', '*'],
  ['states:StartExecution', 'stateMachine:lastgood-STAGE-plan'],
  ['states:DescribeExecution', 'execution:lastgood-STAGE-plan:*'],
  READS_PAUSE,
])}

${statusHelp({
  fine: 'a rollback would go back or ask first, or there is nothing to do',
  endedBadly: 'there is no way back',
  forbidden: 'the verdict is skip or observe',
  cannotSay: 'the plan could not be made',
})}`;

export const plan: Verb = {
  does: 'Shows what a rollback of a target would do now, without doing it.',
  declare: (command) =>
    command
      .argument(...TARGET)
      .option(...TO)
      .option('--because <text>', 'the reason that the judge is given'),
  help: HELP,
  run,
};

async function run(given: Given): Promise<Status> {
  const wish = readWish(given, 'a plan was asked for');
  const {
    plan: made,
    verdict,
    pause,
  } = await withAws(given.place, async (aws) => {
    const read = await readPlan(aws, given.place.stage, wish);
    return { ...read, pause: await warnOfPause(aws.ssm, given.place.stage) };
  });
  console.log(
    given.isJson
      ? JSON.stringify({ ...jsonOf(wish.target, made, verdict), pause })
      : dated(textOf(wish.target, made, verdict)),
  );
  return statusOf(made, verdict);
}

/** Returns the JSON of a plan without the fields that only the mechanism reads. */
function jsonOf(target: string, made: Plan, verdict: Verdict) {
  if (!('memo' in made)) return { target, plan: made, verdict, planHash: null };
  const shown = Object.fromEntries(Object.entries(made).filter(([name]) => name !== 'memo'));
  return { target, plan: shown, verdict, planHash: planHash(made) };
}

/** Returns the exit status. Exported for its test. */
export function statusOf({ state }: Plan, { verdict }: Verdict): Status {
  if (state === 'nothing-to-do') return FINE;
  if (state === 'no-way-back') return ENDED_BADLY;
  return verdict === 'skip' || verdict === 'observe' ? FORBIDDEN : FINE;
}
