import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { executionName } from '../../../src/lambda/start.ts';
import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import { createClaims } from '../../../src/ledger/dynamodb.ts';
import { halfDone } from '../../../src/ledger/half-done.ts';
import type { Instant, Request } from '../../../src/rollback/request.ts';
import { after } from '../../../src/rollback/time.ts';
import { ENDED_BADLY, FINE, type Status } from '../../command-line/status.ts';
import type { Aws } from '../aws.ts';
import { awsNow } from '../aws-now.ts';
import { COMMAND_LINE } from '../help.ts';
import { machineArn } from '../machines.ts';
import type { Place } from '../place.ts';
import { printUntilEnd } from '../watch/print.ts';
import { backOf, forwardOf } from './requests.ts';

/** Rehearsals that are older than this were ended by hand. */
const LOOK_BACK_SECONDS = 30 * 86_400;

/** A rehearsal on the command line. */
export interface Rehearsal {
  readonly target: string;
  readonly reason: string;
  readonly place: Place;
  readonly isJson: boolean;
}

/**
 * Goes back, and forward again. Goes forward too where the way back failed after it had begun: what ran before was
 * proven. Returns the worse of both statuses.
 */
export async function backAndForward(aws: Aws, rehearsal: Rehearsal): Promise<Status> {
  const { target, reason } = rehearsal;
  const back = await follow(aws, rehearsal, (at) => backOf(target, reason, at));
  const left = await readHalfDone(aws, rehearsal);
  if (left === null || left.execution !== back.arn) return back.status;
  const forward = await forwardFrom(aws, rehearsal, left);
  return back.status === FINE ? forward : ENDED_BADLY;
}

/** Returns the way back that no way forward has ended yet, or null. */
export async function readHalfDone(
  { states, tables }: Aws,
  { target, place }: Rehearsal,
): Promise<RollbackRecord | null> {
  const claims = createClaims(tables, `lastgood-${place.stage}-claims`);
  return halfDone(await claims.records(target, after(awsNow(states), -LOOK_BACK_SECONDS)));
}

export async function forwardFrom(aws: Aws, rehearsal: Rehearsal, back: RollbackRecord): Promise<Status> {
  if (!rehearsal.isJson) console.log('\nForward again');
  return (await follow(aws, rehearsal, (at) => forwardOf(back, at))).status;
}

/** Starts one way and prints its steps. An interruption says how to go on: the execution goes on without the command. */
async function follow(
  { states }: Aws,
  { target, place, isJson }: Rehearsal,
  requestAt: (at: Instant) => Request,
) {
  const stateMachineArn = await machineArn(states, place.stage, 'rollback');
  const request = requestAt(awsNow(states));
  const input = JSON.stringify({ request });
  const command = new StartExecutionCommand({ stateMachineArn, name: executionName(request), input });
  const { executionArn: arn = '' } = await states.send(command);
  const name = arn.slice(arn.lastIndexOf(':') + 1);
  console.log(isJson ? JSON.stringify({ execution: name, arn }) : name);
  const interrupted = () => {
    console.error(interruptedAt(target, name));
    process.exit(ENDED_BADLY);
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    return { arn, status: await printUntilEnd(states, arn, isJson) };
  } finally {
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
  }
}

/** Says how a rehearsal goes on that was interrupted. Exported for its test. */
export function interruptedAt(target: string, execution: string): string {
  return [
    `lastgood: ${target}: interrupted. ${execution} goes on: ${COMMAND_LINE} watch ${execution}`,
    `  Once it has gone back, go forward again: ${COMMAND_LINE} rehearse ${target} --forward`,
  ].join('\n');
}
