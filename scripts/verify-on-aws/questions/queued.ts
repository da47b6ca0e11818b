import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Shown, View } from './question.ts';

const LOOK_SECONDS = 5;
const MAX_LOOKS = 12;

/**
 * Waits until a queue holds a text that is wanted, for a minute at most, and returns every wanted one. A queue may answer
 * with a part of its messages, so each look asks three times. The messages stay, and go with the stack.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html
 */
export async function queued(
  { clients, outputs, wait }: Pick<Shown, 'clients' | 'outputs' | 'wait'>,
  queue: string,
  isWanted: (body: string) => boolean,
): Promise<readonly string[]> {
  for (let look = 0; look < MAX_LOOKS; look++) {
    const found = new Map<string, string>();
    for (let time = 0; time < 3; time++)
      for (const [id, body] of await received(clients, outputs(queue))) found.set(id, body);
    const wanted = [...found.values()].filter(isWanted);
    if (wanted.length > 0) return wanted;
    await wait(LOOK_SECONDS);
  }
  return [];
}

async function received(
  { sqs }: View['clients'],
  QueueUrl: string,
): Promise<readonly (readonly [id: string, body: string])[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
  );
  return Messages.map(({ MessageId = '', Body = '' }) => [MessageId, Body]);
}
