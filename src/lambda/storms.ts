import { StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { isNamed } from '../aws/errors.ts';
import type { Storms } from '../ledger/storms.ts';
import { Unavailable } from '../rollback/errors.ts';
import type { Instant } from '../rollback/request.ts';
import { secondsBetween } from '../rollback/time.ts';

/** The input of the state machine `storm`. With `list` it sends the answer to that list, and ends. */
export type StormInput =
  | { readonly storm: string; readonly generation: number }
  | { readonly storm: string; readonly list: string; readonly after: string };

/** Makes sure that an execution tends a storm: it asks the question, and publishes what becomes of it. */
export type Tend = (id: string, since: Instant) => Promise<void>;

/**
 * Sends the answer to a list. A list has one answer, and its execution has the name of the list.
 * @param attempt counted from 0: an execution that has ended without sending all is followed by another
 */
export type SendAnswer = (id: string, list: string, attempt?: number) => Promise<void>;

/** The execution looks at its storm every minute. After this time without a look, it is not taken to run any more. */
const SEEN_SECONDS = 300;

/** How often another function may begin a generation during one call. */
const MAX_TRIES = 3;

/**
 * Starts the execution of the present generation, as a trigger starts a rollback. Every member does, and all but the
 * first find it seen. Step Functions answers a repetition with the running execution, and refuses the name of one that
 * has ended, which another generation then follows.
 */
export function createTend(
  client: Pick<SFNClient, 'send'>,
  stateMachineArn: string,
  storms: Pick<Storms, 'open' | 'seen' | 'endGeneration'>,
  now: () => Instant,
): Tend {
  return async (id, since) => {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const { generation, seenAt } = await storms.open(id, since, now());
      if (seenAt !== undefined && secondsBetween(seenAt, now()) < SEEN_SECONDS) return;
      const name = `${id}-${generation}`;
      if (await isStarted(client, stateMachineArn, name, { storm: id, generation })) {
        await storms.seen(id, generation, now());
        return;
      }
      await storms.endGeneration(id, generation);
    }
    throw new Unavailable(`${MAX_TRIES} executions for storm ${id} had ended`);
  };
}

/** The characters of a list's digest in the name of its execution, which has at most 80. */
const DIGEST_CHARACTERS = 32;

export function createSendAnswer(client: Pick<SFNClient, 'send'>, stateMachineArn: string): SendAnswer {
  return async (id, list, attempt = 0) => {
    const name = `${id}-${list.slice(0, DIGEST_CHARACTERS)}-${attempt}`;
    await isStarted(client, stateMachineArn, name, { storm: id, list, after: '' });
  };
}

/** Returns false if an execution of this name has ended. */
async function isStarted(
  client: Pick<SFNClient, 'send'>,
  stateMachineArn: string,
  name: string,
  input: StormInput,
): Promise<boolean> {
  const command = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
  try {
    await client.send(command);
    return true;
  } catch (error) {
    if (isNamed(error, 'ExecutionAlreadyExists')) return false;
    throw error;
  }
}
