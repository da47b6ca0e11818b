import { GetParameterCommand, PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { isNamed, named } from '../../src/aws/errors.ts';
import { NotPermitted } from '../../src/rollback/errors.ts';
import { readPauseOrder, wordsOfPause, writePauseOrder, type PauseOrder } from '../../src/rollback/pause.ts';
import type { Permission } from './help.ts';

/** The permission to see whether Lastgood is paused. */
export const READS_PAUSE: Permission = ['ssm:GetParameter', 'parameter/lastgood/STAGE/pause'];

function nameFor(stage: string): string {
  return `/lastgood/${stage}/pause`;
}

/** Reads the order of a stage; null: Lastgood was never paused. */
export async function readOrder(client: SSMClient, stage: string): Promise<PauseOrder | null> {
  try {
    const command = new GetParameterCommand({ Name: nameFor(stage), WithDecryption: true });
    const { Parameter } = await client.send(command);
    return readPauseOrder(Parameter?.Value ?? null);
  } catch (error) {
    if (isNamed(error, 'ParameterNotFound')) return null;
    throw error;
  }
}

/** Overwrites the order of a stage. Earlier ones stay as versions of the parameter. */
export async function putOrder(client: SSMClient, stage: string, order: PauseOrder): Promise<void> {
  await client.send(
    new PutParameterCommand({
      Name: nameFor(stage),
      Value: writePauseOrder(order),
      Type: 'String',
      Overwrite: true,
    }),
  );
}

/**
 * Returns the order, and warns on standard error where Lastgood is paused, or where it is not known. Null: it is not known.
 * A verb that shows something is not refused for that.
 */
export async function warnOfPause(client: SSMClient, stage: string): Promise<PauseOrder | null> {
  try {
    const order = (await readOrder(client, stage)) ?? { paused: false };
    if (order.paused) console.error(`lastgood: warning: ${wordsOfPause(order)}`);
    return order;
  } catch (error) {
    const why = named(error) instanceof NotPermitted ? 'ssm:GetParameter is denied' : String(error);
    console.error(`lastgood: warning: it is not known whether Lastgood is paused: ${why}`);
    return null;
  }
}
