import type { Claims } from '../../../src/ledger/claims.ts';
import { createClaims, createLookouts } from '../../../src/ledger/dynamodb.ts';
import { RECORD_DAYS } from '../../../src/ledger/keep.ts';
import type { Lookouts } from '../../../src/ledger/lookouts.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { after } from '../../../src/rollback/time.ts';
import { FINE, WrongUse, type Status } from '../../command-line/status.ts';
import { dated } from '../../terminal/dated.ts';
import { withAws } from '../aws.ts';
import { permissionsHelp, statusHelp } from '../help.ts';
import { readTargetArgument, TARGET } from '../target.ts';
import type { Given, Verb } from '../verb.ts';
import { besideAlarms } from './beside-alarms.ts';
import { toJson, toText, type Followed } from './text.ts';

const HELP = `Shows the deployments that a lookout followed and that began within --since, newest first, in UTC, and what the alarms said of
each. Lastgood keeps a lookout for ${RECORD_DAYS} days. One that follows a deployment still is not shown.

  hit    the lookout accused it, and an alarm did too, or the lookout's own rollback ended as rolled back
  false  the lookout accused it, and no alarm did within lastgood:window after that: it was wrong, or early
  open   as false, and the window is not over yet
  miss   the lookout did not accuse it, and a rollback of an alarm went back from it, or would have but for the tag
  quiet  neither accused it

${permissionsHelp([
  ['dynamodb:Query', 'table/lastgood-STAGE-ledger'],
  ['dynamodb:Query', 'table/lastgood-STAGE-claims/index/newest'],
])}

${statusHelp({ fine: 'the lookouts were read, though there may be none', cannotSay: 'something could not be read' })}`;

export const lookout: Verb = {
  does: 'Shows what the lookouts of a target saw, beside what its alarms said.',
  declare: (command) =>
    command
      .argument(...TARGET)
      .option('--since <days>', `how far back, in days: 7d, at most ${RECORD_DAYS}d`, '30d'),
  help: HELP,
  run,
};

async function run({ args: [text], options: { since }, place, isJson }: Given): Promise<Status> {
  const target = readTargetArgument(text);
  const days = readSince(String(since));
  const now = new Date().toISOString();
  const from = after(now, -days * 86_400);
  const found = await withAws(place, ({ tables }) =>
    readFollowed(
      createLookouts(tables, `lastgood-${place.stage}-ledger`),
      createClaims(tables, `lastgood-${place.stage}-claims`),
      ...([target, from, now] as const),
    ),
  );
  console.log(isJson ? JSON.stringify(toJson(found)) : dated(toText(found)));
  return FINE;
}

/** Reads what the lookouts of a target saw since an instant, and the rollbacks since then. */
export async function readFollowed(
  lookouts: Pick<Lookouts, 'since'>,
  claims: Pick<Claims, 'records'>,
  target: string,
  since: Instant,
  now: Instant,
): Promise<Followed> {
  const [looked, records] = await Promise.all([lookouts.since(target, since), claims.records(target, since)]);
  return { target, since, all: besideAlarms(looked, records, now) };
}

/**
 * Parses --since. Exported for its test.
 * @throws WrongUse
 */
export function readSince(text: string): number {
  const [, digits = ''] = /^(\d{1,3})d$/.exec(text) ?? [];
  const days = Number(digits);
  if (days < 1 || days > RECORD_DAYS)
    throw new WrongUse(`--since must be a number of days from 1d to ${RECORD_DAYS}d, such as 30d`);
  return days;
}
