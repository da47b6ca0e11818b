import { UNFREEZE_REQUESTED } from '../../../src/targets/freeze-requested.ts';
import { FINE, type Status } from '../../command-line/status.ts';
import { withAws } from '../aws.ts';
import { awsNow } from '../aws-now.ts';
import { freezeOf, FREEZING, putRequest, untilSo } from '../freezing.ts';
import { permissionsHelp, statusHelp } from '../help.ts';
import { identityOf } from '../identity.ts';
import { readTargetArgument, TARGET } from '../target.ts';
import type { Given, Verb } from '../verb.ts';

const HELP = `Ends the freeze of a target by a person. Condemned revisions stay condemned.

${permissionsHelp(FREEZING)}
A policy may restrict events:PutEvents to events:source = lastgood.cli and to events:detail-type = Rollback Unfreeze Requested.

${statusHelp({ fine: 'it is not frozen any more, or it was not', cannotSay: 'the end was not recorded within a minute' })}`;

export const unfreeze: Verb = {
  does: 'Ends the freeze of a target.',
  declare: (command) => command.argument(...TARGET),
  help: HELP,
  run,
};

async function run({ args: [text], place, isJson }: Given): Promise<Status> {
  const target = readTargetArgument(text);
  const ended = await withAws(place, async (aws) => {
    const requestedBy = await identityOf(aws.sts);
    const read = () => freezeOf(aws, place.stage, target, awsNow(aws.sts));
    if ((await read()) === null) return false;
    await putRequest(aws, place.stage, UNFREEZE_REQUESTED, { target, requestedBy });
    return untilSo(async () => ((await read()) === null ? true : null));
  });
  const says = ended ? 'is not frozen any more' : 'was not frozen';
  console.log(isJson ? JSON.stringify({ target, unfrozen: ended }) : `${target} ${says}`);
  return FINE;
}
