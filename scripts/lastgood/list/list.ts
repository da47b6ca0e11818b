import { FINE, type Status } from '../../command-line/status.ts';
import { withAws } from '../aws.ts';
import { permissionsHelp, statusHelp } from '../help.ts';
import { READS_PAUSE, warnOfPause } from '../pausing.ts';
import type { Given, Verb } from '../verb.ts';
import { readListed } from './read.ts';
import { toJson, toText } from './text.ts';

const HELP = `A target is listed when its resource carries the tag lastgood, or when the ledger knows a deployment of it. Times are UTC.

${permissionsHelp([
  ['states:ListStateMachines', '*'],
  ['states:StartExecution', 'stateMachine:lastgood-STAGE-list'],
  ['states:DescribeExecution', 'execution:lastgood-STAGE-list:*'],
  ['dynamodb:Scan', 'table/lastgood-STAGE-ledger'],
  ['dynamodb:Query', 'table/lastgood-STAGE-ledger'],
  ['dynamodb:GetItem', 'table/lastgood-STAGE-ledger'],
  ['dynamodb:GetItem', 'table/lastgood-STAGE-ledger'],
  ['dynamodb:Query', 'table/lastgood-STAGE-claims/index/running'],
  ['dynamodb:Query', 'table/lastgood-STAGE-claims/index/newest'],
  ['tag:GetResources', '*'],
  ['autoscaling:DescribeAutoScalingGroups', '*'],
  READS_PAUSE,
])}

${statusHelp({ fine: 'the list is complete', cannotSay: 'something could not be read' })}`;

export const list: Verb = {
  does: 'Lists the targets: what is tagged, what runs, what is last known good.',
  declare: (command) => command.argument('[PREFIX]', 'only targets that begin so: ecs:prod/'),
  help: HELP,
  run,
};

async function run({ args: [prefix = ''], place, isJson }: Given): Promise<Status> {
  const { listed, pause } = await withAws(place, async (aws) => {
    const found = await readListed(aws, place.stage, prefix);
    return { listed: found, pause: await warnOfPause(aws.ssm, place.stage) };
  });
  console.log(isJson ? JSON.stringify({ pause, targets: listed.map(toJson) }) : toText(listed, prefix));
  return FINE;
}
