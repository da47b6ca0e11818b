import { wordsOfPause, type PauseOrder } from '../../../src/rollback/pause.ts';
import { FINE, type Status } from '../../command-line/status.ts';
import { dated } from '../../terminal/dated.ts';
import { withAws } from '../aws.ts';
import { awsNow } from '../aws-now.ts';
import { permissionsHelp, statusHelp } from '../help.ts';
import { identityOf } from '../identity.ts';
import { putOrder } from '../pausing.ts';
import { readReason } from '../request.ts';
import type { Given, Verb } from '../verb.ts';

const HELP = `Sets the parameter /lastgood/STAGE/pause. From then on Lastgood changes nothing, of any target: a rollback under way waits before
its next write, for at most four hours. Polls, proofs and questions go on. A verb that has begun to write ends within 25 seconds.
Lastgood publishes the pause at once and every hour. resume ends it.

${permissionsHelp([['ssm:PutParameter', 'parameter/lastgood/STAGE/pause']])}

${statusHelp({ fine: 'Lastgood is paused', cannotSay: 'the parameter could not be written: Lastgood acts' })}`;

export const pause: Verb = {
  does: 'Pauses Lastgood: it changes nothing until it is resumed.',
  declare: (command) => command.requiredOption('--because <text>', 'the reason, for all who are notified'),
  help: HELP,
  run,
};

async function run({ options, place, isJson }: Given): Promise<Status> {
  const because = readReason(options['because']);
  const order = await withAws(place, async ({ sts, ssm }): Promise<PauseOrder> => {
    const by = await identityOf(sts);
    const paused = { paused: true, because, by, at: awsNow(sts) };
    await putOrder(ssm, place.stage, paused);
    return paused;
  });
  console.log(isJson ? JSON.stringify(order) : dated(wordsOfPause(order)));
  return FINE;
}
