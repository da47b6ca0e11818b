import { SendTaskSuccessCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { isNamed } from '../aws/errors.ts';

/** Completes a task that waits for its token: a question, or AwaitEnd. `too-late`: no execution waits any more. */
export type Reply = (token: string, answer: object) => Promise<'answered' | 'too-late'>;

/**
 * Completes it with SendTaskSuccess. https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html
 */
export function createReply(client: Pick<SFNClient, 'send'>): Reply {
  return async (taskToken, answer) => {
    try {
      await client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(answer) }));
      return 'answered';
    } catch (error) {
      if (isNamed(error, 'TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken')) return 'too-late';
      throw error;
    }
  };
}
