import { createFreezes, createLedger } from '../../../src/ledger/dynamodb.ts';
import { notComparedWith, objections } from '../../../src/ledger/objections.ts';
import { FINE, FORBIDDEN, type Status } from '../../command-line/status.ts';
import { dated } from '../../terminal/dated.ts';
import { withAws } from '../aws.ts';
import { permissionsHelp, statusHelp } from '../help.ts';
import { warnOfUnknown } from '../known.ts';
import type { Place } from '../place.ts';
import { TARGET } from '../target.ts';
import type { Given, Verb } from '../verb.ts';
import { readArguments, type Asked } from './arguments.ts';

const HELP = `Run it right before the deployment. A revision of ecs is the task definition, as family:revision or ARN, or the ARN of a
service revision. A version of lambda is its number, function:number or its ARN; of asg it is template:number or lt-…/number. A bundle of
codedeploy is s3://bucket/key, its ARN or its address, with its version or etag; a commit is owner/repository@commit, or the commit alone. The
weights of elb, lattice and route53 are side=weight, such as blue=255 green=0. They are refused in any split that gives a condemned side
traffic, until another release was seen behind it. Of all kinds it may be the id or name in Lastgood's events. A TARGET that the ledger does
not know gets a warning on standard error: a typing error would look the same. So does a REVISION that the ledger does not know, where others
are condemned: its content is not compared with theirs.

${permissionsHelp([
  ['dynamodb:Query', 'table/lastgood-STAGE-ledger'],
  ['dynamodb:GetItem', 'table/lastgood-STAGE-ledger'],
])}

${statusHelp({
  fine: 'nothing speaks against it',
  forbidden: 'a person froze TARGET or a rollback condemned REVISION (the reasons are on standard output)',
  cannotSay:
    'the ledger could not be read, or REVISION names no fixed revision, such as $LATEST or an alias. Do not deploy: unknown is not go',
})}`;

export const check: Verb = {
  does: 'Says whether a pipeline may deploy a revision to a target.',
  declare: (command) => command.argument(...TARGET).argument('<REVISION>', 'what is to be deployed'),
  help: HELP,
  run,
};

async function run({ args, place, isJson }: Given): Promise<Status> {
  const asked = readArguments({ args });
  const { against, isKnown, notCompared } = await read(asked, place);
  if (isJson)
    console.log(JSON.stringify({ ...asked, mayDeploy: against.length === 0, against, isKnown, notCompared }));
  else for (const objection of against) console.log(dated(objection));
  if (!isKnown) warnOfUnknown(asked.target);
  if (against.length === 0 && notCompared.length > 0) warnOfContent(asked.revision, notCompared);
  return against.length === 0 ? FINE : FORBIDDEN;
}

/** The same image may be registered again under a new name. Lastgood sees that only when it is deployed. */
function warnOfContent(revision: string, condemned: readonly string[]): void {
  console.error(
    `lastgood: warning: the ledger knows ${revision} by no name, and its content was not compared with what was condemned: ${condemned.join(', ')}.`,
  );
}

function read({ target, revision }: Asked, place: Place) {
  return withAws(place, async ({ tables }) => {
    const table = `lastgood-${place.stage}-ledger`;
    const [entries, freeze] = await Promise.all([
      createLedger(tables, table).entries(target),
      createFreezes(tables, table).of(target, new Date().toISOString()),
    ]);
    return {
      against: objections(revision, entries, freeze),
      isKnown: entries.length > 0,
      notCompared: notComparedWith(revision, entries),
    };
  });
}
