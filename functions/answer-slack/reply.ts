import { SendTaskSuccessCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { isNamed } from '../../src/aws/errors.ts';
import type { Desk } from './desk.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html */
export function createReply(client: Pick<SFNClient, 'send'>): Desk['reply'] {
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
