import { honouring, AwsError, type AwsService, type Operation } from '../../world/service.ts';
import { arn } from '../../world/aws.ts';
import type { Queue } from '../stack/stack.ts';
import { changes, CHANGES_HONOURED } from './changes.ts';
import { md5, type Queues, type Received } from './queues.ts';

interface OfQueue {
  readonly AttributeNames?: readonly string[];
  readonly MessageAttributeNames?: readonly string[];
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
 * Simulates Amazon SQS: standard queues, and what dead-letter queues and receivers need:
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
    honoured: {
      ...honouring({
        SendMessage: 'QueueUrl MessageBody MessageAttributes',
        ReceiveMessage: 'QueueUrl MaxNumberOfMessages VisibilityTimeout MessageAttributeNames',
        DeleteMessage: 'QueueUrl ReceiptHandle',
        GetQueueAttributes: 'QueueUrl AttributeNames',
        GetQueueUrl: 'QueueName',
        ListQueues: 'QueueNamePrefix MaxResults NextToken',
      }),
      ...CHANGES_HONOURED,
    },
    operations: {
      ...changes(queues),
      SendMessage: operation('SendMessage', (queue, { MessageBody = '', MessageAttributes = {} }) => {
        const attributes = Object.entries(MessageAttributes).map(
          ([name, { StringValue = '' }]) => [name, StringValue] as const,
        );
        const { id } = queues.send(queue, MessageBody, Object.fromEntries(attributes));
        return { MessageId: id, MD5OfMessageBody: md5(MessageBody) };
      }),
      ReceiveMessage: operation('ReceiveMessage', (queue, input) => {
        const { MaxNumberOfMessages = 1, VisibilityTimeout, MessageAttributeNames = [] } = input;
        const received = queues.receive(queue, MaxNumberOfMessages, VisibilityTimeout);
        const shown = received.map((one) => messageOf(one, MessageAttributeNames));
        return shown.length === 0 ? {} : { Messages: shown };
      }),
      DeleteMessage: operation('DeleteMessage', (queue, { ReceiptHandle = '' }) => {
        queues.delete(queue, ReceiptHandle);
        return {};
      }),
      GetQueueAttributes: operation('GetQueueAttributes', (queue, { AttributeNames = [] }) => {
        const all = Object.entries(attributesOf(queues, queue));
        return { Attributes: Object.fromEntries(all.filter(([name]) => isAsked(name, AttributeNames))) };
      }),
      ListQueues: listing(queues),
      GetQueueUrl: {
        authorize: ({ QueueName }: { QueueName: string }) => [
          { action: 'sqs:GetQueueUrl', resource: arn('sqs', QueueName) },
        ],
        run: ({ QueueName }: { QueueName: string }) => ({ QueueUrl: find(queues, QueueName).url }),
      },
    },
  };
}

/** Lists the URLs of queues, in pages. */
function listing(queues: Queues): Operation {
  return {
    authorize: () => [{ action: 'sqs:ListQueues', resource: '*' }],
    run: ({ QueueNamePrefix = '', MaxResults, NextToken }: List) => {
      const urls = queues.all.filter(({ name }) => name.startsWith(QueueNamePrefix)).map(({ url }) => url);
      const from = Number(NextToken ?? 0);
      const to = from + (MaxResults ?? MAX_LISTED);
      // AWS gives a token only to callers that limit the results.
      const isCut = MaxResults !== undefined && to < urls.length;
      return { QueueUrls: urls.slice(from, to), ...(isCut && { NextToken: String(to) }) };
    },
  };
}

function find(queues: Queues, nameOrUrl: string): Queue {
  const queue = queues.find(nameOrUrl);
  if (queue === null) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  return queue;
}

/** Attributes are shown only by their names, or with `All`. Names by prefix (`bar.*`) are not modelled. */
function isAsked(name: string, asked: readonly string[]): boolean {
  return asked.includes('All') || asked.includes(name);
}

function messageOf({ id, body, attributes, receipt }: Received, asked: readonly string[]): object {
  const shown = Object.entries(attributes)
    .filter(([name]) => isAsked(name, asked))
    .map(([name, value]) => [name, { DataType: 'String', StringValue: value }]);
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
