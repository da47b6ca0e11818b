import { setTimeout } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  StartExecutionCommand,
  type DescribeExecutionOutput,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { readCaughtError } from '../../src/rollback/caught-error.ts';
import { CannotSay, WrongUse } from '../command-line/status.ts';

/** Longest wait for a plan or a list. Their machines end within minutes, retries included. */
const PATIENCE_MS = 300_000;

/** DescribeExecution refills 15 calls a second, which the account shares. */
const POLL_MS = 1_000;

/** The fields of a request that a mechanism may refuse, as the command line names them. */
const FIELDS = [
  { field: 'request.revision', option: '--to' },
  { field: 'request.target', option: 'TARGET' },
];

/**
 * Starts an execution that only reads, waits for its end and returns its output.
 * @throws WrongUse where a mechanism refuses what the command line names
 * @throws CannotSay when it failed or did not end in time
 */
export async function outputOf(
  client: SFNClient,
  stateMachineArn: string,
  name: string,
  input: object,
): Promise<unknown> {
  const start = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
  const { executionArn } = await client.send(start);
  for (const begun = Date.now(); Date.now() - begun < PATIENCE_MS;) {
    const described = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (described.status !== 'RUNNING') return outputIn(described);
    await setTimeout(POLL_MS);
  }
  throw new CannotSay(`${String(executionArn)} did not end within ${PATIENCE_MS / 60_000} minutes`);
}

function outputIn({ status, output, error, cause }: DescribeExecutionOutput): unknown {
  if (output !== undefined) return JSON.parse(output) as unknown;
  const { name, says } = readCaughtError({
    Error: error ?? String(status),
    ...(cause !== undefined && { Cause: cause }),
  });
  const field = FIELDS.find((one) => says.startsWith(`${one.field}: `));
  if (name !== 'InvalidRequest' || field === undefined) throw new CannotSay(`${name}: ${says}`);
  throw new WrongUse(`${field.option}: ${says.slice(field.field.length + 2)}`);
}
