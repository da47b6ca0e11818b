import { arn, ACCOUNT, REGION } from '../../world/aws.ts';
import { AwsError, honouring, type Access, type Operation } from '../../world/service.ts';
import type { PolicyDocument, Queue } from '../stack/stack.ts';
import type { Queues } from './queues.ts';

type Attributes = Readonly<Record<string, string>>;

interface Create {
  readonly QueueName?: string;
  readonly Attributes?: Attributes;
  readonly tags?: Readonly<Record<string, string>>;
}

interface OfQueue {
  readonly QueueUrl: string;
  readonly Attributes?: Attributes;
}

export const CHANGES_HONOURED = honouring({
  CreateQueue: 'QueueName Attributes tags',
  DeleteQueue: 'QueueUrl',
  SetQueueAttributes: 'QueueUrl Attributes',
});

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
const VISIBILITY_SECONDS = 30;
const MODELLED = ['Policy', 'VisibilityTimeout'];

/**
 * The operations that create, change and delete standard queues. Tags are taken and not shown; other attributes are
 * refused. A deletion is at once here; on AWS it takes up to 60 seconds.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html
 */
export function changes(queues: Queues): Readonly<Record<string, Operation>> {
  const find = (url: string): Queue => {
    const found = queues.find(url);
    if (found === null) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return found;
  };
  return {
    CreateQueue: {
      // Tags need a permission of their own, as the page of CreateQueue says.
      authorize: ({ QueueName = '', tags = {} }: Create) => [
        ...may('CreateQueue', QueueName),
        ...(Object.keys(tags).length > 0 ? may('TagQueue', QueueName) : []),
      ],
      run: ({ QueueName: name = '', Attributes = {} }: Create) => {
        if (!/^[A-Za-z0-9_-]{1,80}$/.test(name))
          throw new AwsError('InvalidParameterValue', `The queue name ${name} is not valid here.`);
        if (queues.find(name) !== null)
          throw new AwsError('QueueNameExists', 'A queue already exists with the same name.');
        const url = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`;
        const created = {
          name,
          arn: arn('sqs', name),
          url,
          policies: [],
          visibilitySeconds: VISIBILITY_SECONDS,
        };
        queues.put(changed(created, Attributes));
        return { QueueUrl: url };
      },
    },
    SetQueueAttributes: {
      authorize: ({ QueueUrl }: OfQueue) => may('SetQueueAttributes', QueueUrl),
      run: ({ QueueUrl, Attributes = {} }: OfQueue) => {
        queues.put(changed(find(QueueUrl), Attributes));
        return {};
      },
    },
    DeleteQueue: {
      authorize: ({ QueueUrl }: OfQueue) => may('DeleteQueue', QueueUrl),
      run: ({ QueueUrl }: OfQueue) => {
        queues.remove(find(QueueUrl));
        return {};
      },
    },
  };
}

function may(action: string, nameOrUrl: string): readonly Access[] {
  return [{ action: `sqs:${action}`, resource: arn('sqs', nameOrUrl.replace(/^.*\//, '')) }];
}

/** @throws AwsError InvalidAttributeName, for what is not modelled too */
function changed(queue: Queue, attributes: Attributes): Queue {
  const other = Object.keys(attributes).find((name) => !MODELLED.includes(name));
  if (other !== undefined)
    throw new AwsError('InvalidAttributeName', `Not modelled in the embedded AWS: the attribute ${other}.`);
  const { Policy, VisibilityTimeout } = attributes;
  return {
    ...queue,
    ...(Policy !== undefined && { policies: Policy === '' ? [] : [JSON.parse(Policy) as PolicyDocument] }),
    ...(VisibilityTimeout !== undefined && { visibilitySeconds: Number(VisibilityTimeout) }),
  };
}
