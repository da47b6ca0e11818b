import type { Freeze } from '../../../src/ledger/freezes.ts';
import { FREEZE_REQUESTED } from '../../../src/targets/freeze-requested.ts';
import { endOfFreeze, FREEZE_ENDS, readFreezeEnd, type FreezeEnd } from '../../../src/targets/freeze-end.ts';
import { FINE, WrongUse, type Status } from '../../command-line/status.ts';
import { withAws } from '../aws.ts';
import { awsNow } from '../aws-now.ts';
import { freezeOf, FREEZING, putRequest, untilSo } from '../freezing.ts';
import { permissionsHelp, statusHelp } from '../help.ts';
import { identityOf } from '../identity.ts';
import { readReason } from '../request.ts';
import { minuteOf } from '../table.ts';
import { readTargetArgument, TARGET } from '../target.ts';
import type { Given, Verb } from '../verb.ts';

const HELP = `Automatic rollbacks of a frozen target ask a person first, and lastgood check refuses pipelines. People may still roll back. The
request goes over the bus, and the command waits up to a minute until it is recorded. Without --until a person must unfreeze it.

${permissionsHelp(FREEZING)}
A policy may restrict events:PutEvents to events:source = lastgood.cli and to events:detail-type = Rollback Freeze Requested.

${statusHelp({ fine: 'it is frozen', cannotSay: 'the freeze was not recorded within a minute' })}`;

export const freeze: Verb = {
  does: 'Freezes a target: automatic rollbacks ask first, and pipelines are refused.',
  declare: (command) =>
    command
      .argument(...TARGET)
      .requiredOption('--because <text>', 'the reason, for the record and for all who are notified')
      .option('--until <time>', 'when the freeze ends: 2026-11-22T06:00Z, 90m, 2h or 3d'),
  help: HELP,
  run,
};

async function run({ args: [text], options, place, isJson }: Given): Promise<Status> {
  const target = readTargetArgument(text);
  const reason = readReason(options['because']);
  const end = readUntil(options['until']);
  const frozen = await withAws(place, async (aws): Promise<Freeze> => {
    const requestedBy = await identityOf(aws.sts);
    const until = end === null ? null : endOfFreeze(end, awsNow(aws.sts));
    if (end !== null && until === null) throw new WrongUse('--until must be in the future');
    const detail = { target, reason, requestedBy, ...(until !== null && { until }) };
    await putRequest(aws, place.stage, FREEZE_REQUESTED, detail);
    return untilSo(async () => {
      const found = await freezeOf(aws, place.stage, target, awsNow(aws.sts));
      return found?.by === requestedBy && found.reason === reason ? found : null;
    });
  });
  const ends =
    frozen.until === undefined ? 'until a person unfreezes it' : `until ${minuteOf(frozen.until)} UTC`;
  console.log(isJson ? JSON.stringify(frozen) : `${target} is frozen ${ends}: ${reason}`);
  return FINE;
}

/** @throws WrongUse */
function readUntil(until: string | boolean | undefined): FreezeEnd | null {
  if (typeof until !== 'string') return null;
  const read = readFreezeEnd(until);
  if (read === null) throw new WrongUse(`--until must be ${FREEZE_ENDS}`);
  return read;
}
