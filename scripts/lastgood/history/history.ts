import { RECORD_DAYS } from '../../../src/ledger/keep.ts';
import { after } from '../../../src/rollback/time.ts';
import { FINE, WrongUse, type Status } from '../../command-line/status.ts';
import { dated } from '../../terminal/dated.ts';
import { withAws } from '../aws.ts';
import { permissionsHelp, statusHelp } from '../help.ts';
import { warnOfUnknown } from '../known.ts';
import { readTargetArgument } from '../target.ts';
import type { Given, Verb } from '../verb.ts';
import { readHistory } from './read.ts';
import { toJson, toText } from './text.ts';

const DEFAULT_DAYS = 90;

const HELP = `Shows the rollbacks that began within --days, newest first, in UTC. Of a TARGET it also shows what the ledger has proven and
condemned. Lastgood keeps a rollback for ${RECORD_DAYS} days.

${permissionsHelp([
  ['dynamodb:Query', 'table/lastgood-STAGE-claims/index/newest'],
  ['dynamodb:Scan', 'table/lastgood-STAGE-claims'],
  ['dynamodb:Query', 'table/lastgood-STAGE-ledger'],
])}
dynamodb:Scan is needed without a TARGET, the index newest with one.

${statusHelp({ fine: 'the history was read, though it may be empty', cannotSay: 'something could not be read' })}`;

export const history: Verb = {
  does: 'Shows the rollbacks of a target, or of all.',
  declare: (command) =>
    command
      .argument('[TARGET]', 'as Lastgood names it: ecs:prod/checkout')
      .option('--days <number>', `how far back, at most ${RECORD_DAYS}`, String(DEFAULT_DAYS)),
  help: HELP,
  run,
};

async function run({ args: [text], options: { days }, place, isJson }: Given): Promise<Status> {
  const target = text === undefined ? null : readTargetArgument(text);
  const since = after(new Date().toISOString(), -readDays(String(days)) * 86_400);
  const found = await withAws(place, ({ tables }) => readHistory(tables, place.stage, target, since));
  console.log(isJson ? JSON.stringify(toJson(found)) : dated(toText(found)));
  if (target !== null && found.entries.length === 0 && found.records.length === 0) warnOfUnknown(target);
  return FINE;
}

/**
 * Parses --days. Exported for its test.
 * @throws WrongUse
 */
export function readDays(text: string): number {
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (days < 1 || days > RECORD_DAYS)
    throw new WrongUse(`--days must be a whole number from 1 to ${RECORD_DAYS}`);
  return days;
}
