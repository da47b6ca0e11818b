import { randomUUID } from 'node:crypto';
import { checkingOf, checkName } from '../../../src/lambda/start-check.ts';
import { createReadinesses } from '../../../src/ledger/dynamodb.ts';
import type { Kept } from '../../../src/readiness/document.ts';
import { asItCame } from '../../../src/rollback/as-it-came.ts';
import { CANNOT_SAY, ENDED_BADLY, FINE, type Status } from '../../command-line/status.ts';
import { dated } from '../../terminal/dated.ts';
import { withAws, type Aws } from '../aws.ts';
import { outputOf } from '../execution-end.ts';
import { permissionsHelp, statusHelp, type Permission } from '../help.ts';
import { machineArn } from '../machines.ts';
import { readTargetArgument } from '../target.ts';
import type { Given, Verb } from '../verb.ts';
import { toJson, toTable, toText } from './text.ts';

/** The permissions of a check. */
export const CHECKS: readonly Permission[] = [
  ['states:StartExecution', 'stateMachine:lastgood-STAGE-readiness'],
  ['states:DescribeExecution', 'execution:lastgood-STAGE-readiness:*'],
];

const HELP = `With a TARGET it checks now: an execution of lastgood-STAGE-readiness reads, and changes no target. Without one it lists the
last check of each target, the least ready first. docs/readiness.md explains every finding.

${permissionsHelp([
  ['states:ListStateMachines', '*'],
  ...CHECKS,
  ['dynamodb:Query', 'table/lastgood-STAGE-ledger'],
])}

${statusHelp({
  fine: 'a rollback would work, or the checks were listed',
  endedBadly: 'a rollback would not work',
  cannotSay: 'something could not be read',
})}`;

export const readiness: Verb = {
  does: 'Says whether a rollback would work now, how, how long it would take, and what to cure.',
  declare: (command) =>
    command.argument('[TARGET]', 'such as ecs:prod/checkout; without it, the last checks of all targets'),
  help: HELP,
  run,
};

async function run({ args: [text], place, isJson }: Given): Promise<Status> {
  if (text === undefined) {
    const table = `lastgood-${place.stage}-ledger`;
    const all = worstFirst(await withAws(place, ({ tables }) => createReadinesses(tables, table).all()));
    console.log(isJson ? JSON.stringify(all.map(toJson)) : toTable(all));
    return FINE;
  }
  const target = readTargetArgument(text);
  const checked = await withAws(place, (aws) => checkNow(aws, place.stage, target));
  console.log(isJson ? JSON.stringify(toJson(checked)) : dated(toText(checked)));
  return statusOf(checked);
}

/** Checks a target now, and returns the check. */
export async function checkNow({ states }: Aws, stage: string, target: string): Promise<Kept> {
  const check = { target, occasion: 'asked', id: randomUUID() } as const;
  const machine = await machineArn(states, stage, 'readiness');
  const output = await outputOf(states, machine, checkName(check), checkingOf(check));
  return asItCame<Kept>('target', 'ready', 'score', 'findings').parse(output);
}

const RANKS = { no: 0, unknown: 1, yes: 2 } as const;

function worstFirst(all: readonly Kept[]): readonly Kept[] {
  return all.toSorted(
    (one, other) =>
      RANKS[one.ready] - RANKS[other.ready] ||
      one.score - other.score ||
      one.target.localeCompare(other.target),
  );
}

/** Returns the exit status. Exported for its test. */
export function statusOf({ ready }: Pick<Kept, 'ready'>): Status {
  if (ready === 'yes') return FINE;
  return ready === 'no' ? ENDED_BADLY : CANNOT_SAY;
}
