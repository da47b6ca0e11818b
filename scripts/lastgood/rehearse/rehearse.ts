import { ENDED_BADLY, FINE, WrongUse, type Status } from '../../command-line/status.ts';
import { withAws } from '../aws.ts';
import { permissionsHelp, statusHelp } from '../help.ts';
import { CHECKS } from '../readiness/readiness.ts';
import { readWish } from '../request.ts';
import { TARGET } from '../target.ts';
import type { Given, Verb } from '../verb.ts';
import { backAndForward, forwardFrom, readHalfDone, type Rehearsal } from './drive.ts';
import { rehearseDry } from './dry.ts';

const HELP = `Without --for-real it changes no target: it plans, judges twice, and checks readiness. The first verdict is that of a rollback
which a person asks for now, the second that of a rehearsal for real. The check names each finding with its cure, the score, and how
long a rollback would take. IAM simulates whether Lastgood's role may make every write. The check is kept and published as that of
lastgood readiness.

With --for-real it goes back to the last known good, proves that, and goes forward again to the revision that ran. Each way is a
rollback of its own, with a record and events. The target needs the tags lastgood:rehearse=on and lastgood=auto or approve. It is
refused while an alarm of the target is red, something is in flight, or the revision that runs is not proven. It condemns nothing,
and no cool-down follows. Where the way back hurts or fails, the way forward is taken at once.

With --forward it only goes forward, where a rehearsal was interrupted between its ways.

${permissionsHelp([
  ['states:ListStateMachines', '*'],
  ['states:StartExecution', 'stateMachine:lastgood-STAGE-plan'],
  ['states:DescribeExecution', 'execution:lastgood-STAGE-plan:*'],
  ...CHECKS,
  ['states:StartExecution', 'stateMachine:lastgood-STAGE-rollback'],
  ['states:GetExecutionHistory', 'execution:lastgood-STAGE-rollback:*'],
  ['dynamodb:Query', 'table/lastgood-STAGE-claims/index/newest'],
])}
Those of the machine rollback and of the table are needed with --for-real and --forward only.

${statusHelp({
  fine: 'a rollback would go back now, and would work; for real, both ways are proven',
  endedBadly: 'there is no way back, or it would not work; for real, one of the ways failed',
  forbidden: 'the verdict is skip or observe; for real, it was refused and nothing was changed',
  cannotSay: 'something could not be read or started',
})}`;

export const rehearse: Verb = {
  does: 'Rehearses a rollback: says what would happen, or goes back and forward again.',
  declare: (command) =>
    command
      .argument(...TARGET)
      .option('--for-real', 'go back to the last known good, and forward again')
      .option('--forward', 'only go forward again, after an interruption')
      .option('--because <text>', 'the reason, for the record and for all who are notified'),
  help: HELP,
  run,
};

function run(given: Given): Promise<Status> {
  const { place, isJson, options } = given;
  const { target, reason } = readWish(given, 'a rehearsal');
  const [isReal, isForward] = [options['forReal'] === true, options['forward'] === true];
  if (isReal && isForward) throw new WrongUse('--for-real and --forward exclude each other');
  const rehearsal = { target, reason, place, isJson };
  return withAws(place, async (aws) => {
    if (isReal) return backAndForward(aws, rehearsal);
    return isForward ? forward(aws, rehearsal) : rehearseDry(aws, rehearsal);
  });
}

async function forward(aws: Parameters<typeof forwardFrom>[0], rehearsal: Rehearsal): Promise<Status> {
  const left = await readHalfDone(aws, rehearsal);
  if (left === null) {
    console.error(`lastgood: ${rehearsal.target}: no rehearsal left it on the last known good`);
    return FINE;
  }
  if (left.outcome !== undefined) return forwardFrom(aws, rehearsal, left);
  console.error(`lastgood: ${rehearsal.target}: the way back still runs: ${left.execution}`);
  return ENDED_BADLY;
}
