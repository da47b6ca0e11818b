import { createStorms } from '../../../src/ledger/dynamodb.ts';
import type { Storm, Storms } from '../../../src/ledger/storms.ts';
import { CHOICES, type Choice } from '../../../src/rollback/storm/member.ts';
import { ask } from '../../command-line/ask.ts';
import { CannotSay, FINE, FORBIDDEN, WrongUse, type Status } from '../../command-line/status.ts';
import { withAws, type Aws } from '../aws.ts';
import { permissionsHelp, statusHelp } from '../help.ts';
import { asker } from '../request.ts';
import type { Given, Verb } from '../verb.ts';
import { putAnswer, untilAnswered } from './answer.ts';
import { listText, shownOf, stormText } from './text.ts';

/** The most storms that are listed. */
const MAX_STORMS = 50;

const HELP = `A storm is more targets alarming within minutes than the parameter storm allows. One answer decides for those that wait.
It reaches exactly the targets on the list that is shown, each with the plan that was made for it. Targets that join later are
asked about anew. Targets with lastgood:approvals=2 need two people in Slack, and no answer from here reaches them.

${permissionsHelp([
  ['dynamodb:Query', 'table/lastgood-STAGE-claims'],
  ['dynamodb:GetItem', 'table/lastgood-STAGE-claims'],
  ['events:PutEvents', 'event-bus/lastgood-STAGE'],
])}
events:PutEvents is needed for an answer. A policy may restrict it to events:source = lastgood.cli and to
events:detail-type = Rollback Storm Answered.

${statusHelp({
  fine: 'shown, or answered',
  forbidden: 'you did not confirm, another person answered before, or nothing waits for an answer',
  cannotSay: 'something could not be read, or the answer was not recorded within a minute',
})}`;

export const storm: Verb = {
  does: 'Lists storms: many targets that alarm at once. Answers the one question of a storm.',
  declare: (command) =>
    command
      .argument('[STORM]', 'id of a storm; without it, all that have not ended')
      .option('--all', 'roll back all targets that are listed')
      .option('--own', 'roll back those with their own proof, and leave the others')
      .option('--none', 'roll back none')
      .option('--yes', 'do not ask before answering'),
  help: HELP,
  run,
};

async function run(given: Given): Promise<Status> {
  const { args, place, isJson } = given;
  const [id] = args;
  const choice = choiceIn(given);
  if (id === undefined && choice !== null) throw new WrongUse(`--${choice} needs a STORM`);
  return withAws(place, async (aws) => {
    const storms = createStorms(aws.tables, `lastgood-${place.stage}-claims`);
    if (id === undefined) {
      const found = await storms.unended(MAX_STORMS);
      console.log(isJson ? JSON.stringify(found.map(toJson)) : listText(found));
      return FINE;
    }
    const found = await storms.read(id);
    if (found === null) throw new CannotSay('there is no such storm');
    if (choice !== null) return answer(aws, storms, found, choice, given);
    console.log(isJson ? JSON.stringify(toJson(found)) : stormText(found));
    return FINE;
  });
}

/** @throws WrongUse where more than one is given */
function choiceIn({ options }: Given): Choice | null {
  const [first = null, another] = CHOICES.filter((choice) => options[choice] === true);
  if (another !== undefined) throw new WrongUse('only one of --all, --own and --none can be the answer');
  return first;
}

/** Answers the list that it shows, even if another target joins while the person reads. */
async function answer(
  aws: Aws,
  storms: Pick<Storms, 'listOf' | 'read'>,
  found: Storm,
  choice: Choice,
  { place, options, isJson }: Given,
): Promise<Status> {
  const { id, list } = found;
  if (list === undefined) {
    console.error(`lastgood: ${id}: nothing waits for an answer`);
    return FORBIDDEN;
  }
  if (!isJson) console.log(stormText(found));
  if (options['yes'] !== true && !(await isConfirmed(found, choice))) return FORBIDDEN;
  const wished = { storm: id, list, choice, by: asker() };
  await putAnswer(aws, place.stage, wished);
  const { status, says } = await untilAnswered(storms, wished);
  if (isJson) console.log(JSON.stringify(wished));
  else console.log(says);
  return status;
}

async function isConfirmed(found: Storm, choice: Choice): Promise<boolean> {
  const { all = 0, own = 0 } = shownOf(found)?.choices ?? {};
  const number = { all, own, none: 0 }[choice];
  const question = number === 0 ? 'Roll back none of them?' : `Roll back ${number} targets?`;
  return /^y(es)?$/i.test((await ask(`${question} [y/N] `)).trim());
}

/** Returns a storm as `--json` writes it: its last `Rollback Storm Updated`, or only what is known before. */
function toJson(found: Storm): object {
  return shownOf(found) ?? { storm: found.id, since: found.since };
}
