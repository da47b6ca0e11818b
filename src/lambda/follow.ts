import { createHash } from 'node:crypto';
import { StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { isNamed } from '../aws/errors.ts';
import { logger } from './logger.ts';

/** A deployment that began, or was first seen. */
export interface Beginning {
  readonly target: string;
  readonly deployment: string;
  readonly at: string;
}

/**
 * Starts a lookout for a deployment. An event may be redelivered, and the sweep finds what events missed, so the name of
 * the execution contains the deployment. Never throws: without a lookout, alarms still start rollbacks.
 * Unknown: beginning-delay.
 */
export type Follow = (beginning: Beginning) => Promise<void>;

export function createFollow(client: Pick<SFNClient, 'send'>, stateMachineArn: string): Follow {
  return async ({ target, deployment, at }) => {
    const kind = target.slice(0, target.indexOf(':'));
    const input = JSON.stringify({ kind, target, deployment, startedAt: at });
    const hash = createHash('sha256')
      .update(JSON.stringify([deployment, target]))
      .digest('hex')
      .slice(0, 32);
    const name = `${target.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 47)}-${hash}`;
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn, name, input }));
    } catch (error) {
      if (!isNamed(error, 'ExecutionAlreadyExists')) logger.warn('not followed', error as Error);
    }
  };
}
