import { createHash } from 'node:crypto';
import { StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { isNamed } from '../aws/errors.ts';
import type { Checking, Occasion } from '../readiness/document.ts';
import type { Turn } from '../rollback/turn.ts';

/** A check to start. `id` names its occasion: the day, or the change. Starting it twice starts it once. */
export interface Check {
  readonly target: string;
  readonly occasion: Occasion;
  readonly id: string;
  readonly turn?: Turn;
}

/**
 * Starts a check. Returns false if it was started before.
 * @param beside further fields of the input, for those who wait for the end
 */
export type StartCheck = (check: Check, beside?: object) => Promise<boolean>;

export function createStartCheck(client: Pick<SFNClient, 'send'>, stateMachineArn: string): StartCheck {
  return async (check, beside = {}) => {
    const input = JSON.stringify({ ...checkingOf(check), ...beside });
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn, name: checkName(check), input }));
      return true;
    } catch (error) {
      if (!isNamed(error, 'ExecutionAlreadyExists')) throw error;
      return false;
    }
  };
}

/** Returns the input of the machine. */
export function checkingOf({ target, occasion, turn }: Check): Checking {
  return {
    kind: target.slice(0, target.indexOf(':')),
    request: { target, reason: 'readiness is checked' },
    occasion,
    ...(turn !== undefined && { turn }),
  };
}

/**
 * Returns the name of an execution. It begins with `asked-` where a person waits for the check: an event pattern selects
 * these, so that the daily ones start no function at their ends.
 */
export function checkName({ target, occasion, id }: Check): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([target, occasion, id]))
    .digest('hex');
  const name = `${target.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 41)}-${hash.slice(0, 32)}`;
  return occasion === 'asked' ? `asked-${name}` : name;
}
