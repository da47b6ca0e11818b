import { AwsError, type AwsService, type Operation } from '../../world/service.ts';
import { arn } from '../../world/aws.ts';
import type { Queue } from '../stack/stack.ts';
import { md5, type Queues, type Received } from './queues.ts';

interface OfQueue {
  readonly QueueUrl: string;
  readonly MessageBody?: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue?: string }>>;
  readonly MaxNumberOfMessages?: number;
  readonly VisibilityTimeout?: number;
  readonly ReceiptHandle?: string;
}

interface List {
  readonly QueueNamePrefix?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html */
const MAX_LISTED = 1_000;

/**
 * Simulates Amazon SQS: the operations that dead-letter queues need:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/
 */
export function sqsService(queues: Queues): AwsService {
  const operation = (action: string, run: (queue: Queue, input: OfQueue) => unknown): Operation => ({
    authorize: ({ QueueUrl }: OfQueue) => [
      { action: `sqs:${action}`, resource: arn('sqs', QueueUrl.replace(/^.*\//, '')) },
    ],
    run: (input: OfQueue) => run(find(queues, input.QueueUrl), input),
  });
  return {
    signingName: 'sqs',
    operations: {
      SendMessage: operation('SendMessage', (queue, { MessageBody = '', MessageAttributes = {} }) => {
        const attributes = Object.entries(MessageAttributes).map(
          ([name, { StringValue = '' }]) => [name, StringValue] as const,
        );
        const { id } = queues.send(queue, MessageBody, Object.fromEntries(attributes));
        return { MessageId: id, MD5OfMessageBody: md5(MessageBody) };
      }),
      ReceiveMessage: operation('ReceiveMessage', (queue, { MaxNumberOfMessages = 1, VisibilityTimeout }) => {
        const received = queues.receive(queue, MaxNumberOfMessages, VisibilityTimeout);
        return received.length === 0 ? {} : { Messages: received.map(messageOf) };
      }),
      DeleteMessage: operation('DeleteMessage', (queue, { ReceiptHandle = '' }) => {
        queues.delete(queue, ReceiptHandle);
        return {};
      }),
      GetQueueAttributes: operation('GetQueueAttributes', (queue) => ({
        Attributes: attributesOf(queues, queue),
      })),
      ListQueues: {
        authorize: () => [{ action: 'sqs:ListQueues', resource: '*' }],
        run: ({ QueueNamePrefix = '', MaxResults, NextToken }: List) => {
          const urls = queues.all
            .filter(({ name }) => name.startsWith(QueueNamePrefix))
            .map(({ url }) => url);
          const from = Number(NextToken ?? 0);
          const to = from + (MaxResults ?? MAX_LISTED);
          // AWS gives a token only to callers that limit the results.
          const isCut = MaxResults !== undefined && to < urls.length;
          return { QueueUrls: urls.slice(from, to), ...(isCut && { NextToken: String(to) }) };
        },
      },
      GetQueueUrl: {
        authorize: ({ QueueName }: { QueueName: string }) => [
          { action: 'sqs:GetQueueUrl', resource: arn('sqs', QueueName) },
        ],
        run: ({ QueueName }: { QueueName: string }) => ({ QueueUrl: find(queues, QueueName).url }),
      },
    },
  };
}

function find(queues: Queues, nameOrUrl: string): Queue {
  const queue = queues.find(nameOrUrl);
  if (queue === null) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  return queue;
}

function messageOf({ id, body, attributes, receipt }: Received): object {
  const shown = Object.entries(attributes).map(([name, value]) => [
    name,
    { DataType: 'String', StringValue: value },
  ]);
  return {
    MessageId: id,
    ReceiptHandle: receipt,
    MD5OfBody: md5(body),
    Body: body,
    ...(shown.length > 0 && { MessageAttributes: Object.fromEntries(shown) as object }),
  };
}

function attributesOf(queues: Queues, queue: Queue): Record<string, string> {
  const { visible, inFlight } = queues.counts(queue);
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    VisibilityTimeout: String(queue.visibilitySeconds),
  };
}
