import { wordsOfPause, type PauseOrder } from '../../../src/rollback/pause.ts';
import { FINE, type Status } from '../../command-line/status.ts';
import { dated } from '../../terminal/dated.ts';
import { withAws } from '../aws.ts';
import { awsNow } from '../aws-now.ts';
import { permissionsHelp, statusHelp } from '../help.ts';
import { identityOf } from '../identity.ts';
import { putOrder, readOrder, READS_PAUSE } from '../pausing.ts';
import type { Given, Verb } from '../verb.ts';

const HELP = `Ends a pause. Rollbacks that wait go on within a minute: those that wrote nothing are planned and judged anew.

${permissionsHelp([READS_PAUSE, ['ssm:PutParameter', 'parameter/lastgood/STAGE/pause']])}

${statusHelp({ fine: 'Lastgood acts again, or it was not paused', cannotSay: 'the parameter could not be read or written' })}`;

export const resume: Verb = {
  does: 'Ends a pause of Lastgood.',
  declare: (command) => command,
  help: HELP,
  run,
};

async function run({ place, isJson }: Given): Promise<Status> {
  const { before, order } = await withAws(place, async ({ sts, ssm }) => {
    const [by, before] = [await identityOf(sts), await readOrder(ssm, place.stage)];
    const order: PauseOrder = { paused: false, by, at: awsNow(sts) };
    // Lastgood was never paused, or is not any more.
    if (before?.paused === true) await putOrder(ssm, place.stage, order);
    return { before, order };
  });
  const says =
    before?.paused === true ? `${wordsOfPause(before, 'was')}. It acts again.` : 'Lastgood was not paused.';
  console.log(
    isJson ? JSON.stringify(before?.paused === true ? order : (before ?? { paused: false })) : dated(says),
  );
  return FINE;
}
