import type { CreateQueueResult, GetQueueAttributesResult } from '@aws-sdk/client-sqs';
import type { Tag } from '@aws-sdk/client-cloudformation';
import { nameIn, textOf, type ResourceType } from '../resource-type.ts';

export const queue: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const { Tags: list = [], ...properties } = making.properties;
    const tags = Object.fromEntries((list as readonly Tag[]).map(({ Key = '', Value = '' }) => [Key, Value]));
    const QueueName = nameIn(making, 'QueueName');
    const Attributes = Object.fromEntries(
      Object.entries(properties).flatMap(([key, value]) =>
        key === 'QueueName' ? [] : [[key, String(value)]],
      ),
    );
    const { QueueUrl } = await making.call<CreateQueueResult>('sqs', 'CreateQueue', {
      QueueName,
      Attributes,
      tags,
    });
    const shown = await making.call<GetQueueAttributesResult>('sqs', 'GetQueueAttributes', {
      QueueUrl,
      AttributeNames: ['QueueArn'],
    });
    const attributes = { Arn: shown.Attributes?.QueueArn, QueueName, QueueUrl };
    return { ref: textOf(QueueUrl), attributes };
  },
  delete: ({ call, ref }) => call('sqs', 'DeleteQueue', { QueueUrl: ref }),
};

/** A policy of queues, which has no resource of its own in SQS. */
export const queuePolicy: ResourceType = {
  create: async ({ properties, name, call }) => {
    const Policy = JSON.stringify(properties['PolicyDocument']);
    for (const QueueUrl of properties['Queues'] as readonly string[])
      await call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy } });
    return { ref: name, attributes: {} };
  },
  delete: async ({ properties, call }) => {
    for (const QueueUrl of properties['Queues'] as readonly string[])
      await call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: '' } });
  },
};
