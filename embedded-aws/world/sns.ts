import type {
  CreateTopicInput,
  CreateTopicResponse,
  ListTopicsResponse,
  PublishInput,
  PublishResponse,
  SubscribeInput,
  SubscribeResponse,
  Tag,
  TagResourceRequest,
} from '@aws-sdk/client-sns';
import { REGION, arn, type Surroundings } from './aws.ts';
import { honouring, AwsError, type Access } from './service.ts';

/** Invokes a Lambda function with an event. */
export type Deliver = (functionArn: string, event: unknown) => void;

interface Topic {
  readonly arn: string;
  readonly tags: Map<string, string>;
  readonly subscriptions: Subscription[];
}

interface Subscription {
  readonly arn: string;
  readonly functionArn: string;
}

interface Publication {
  readonly Subject?: string | undefined;
  readonly Message?: string | undefined;
}

export type Sns = ReturnType<typeof createSns>;

/** Simulates Amazon SNS: standard topics whose subscribers are Lambda functions. */
export function createSns(surroundings: Surroundings, deliver: Deliver) {
  const topics = new Map<string, Topic>();
  const chance = surroundings.random('sns');

  const find = (topicArn: string | undefined): Topic => {
    const topic = topics.get(topicArn ?? '');
    if (topic === undefined) throw new AwsError('NotFound', 'Topic does not exist', 404);
    return topic;
  };

  const send = (topic: Topic, publication: Publication): string => {
    const id = chance.uuid();
    for (const each of topic.subscriptions)
      deliver(each.functionArn, envelope(topic, each, publication, id, surroundings.clock.iso()));
    return id;
  };

  return {
    signingName: 'sns',
    honoured: honouring({
      CreateTopic: 'Name Tags',
      ListTopics: '',
      Publish: 'TopicArn Message Subject',
      Subscribe: 'TopicArn Protocol Endpoint ReturnSubscriptionArn',
      TagResource: 'ResourceArn Tags',
    }),
    operations: {
      ...topicOperations(topics, find),
      ...messageOperations(find, send, () => chance.uuid()),
    },
    /** Publishes another AWS service's message. If the topic is gone, an alarm's message is lost. */
    publish: (topicArn: string, publication: unknown): void => {
      const topic = topics.get(topicArn);
      if (topic !== undefined) send(topic, publication as Publication);
    },
  };
}

const may = (
  action: string,
  resource = '*',
  tags: Readonly<Record<string, string>> = {},
): readonly Access[] => [{ action: `sns:${action}`, resource, tags }];

function topicOperations(topics: Map<string, Topic>, find: (arn: string | undefined) => Topic) {
  const tagsOf = (topicArn: string) => Object.fromEntries(topics.get(topicArn)?.tags ?? []);
  return {
    /**
     * Returns the ARN of a topic that exists already. https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
     */
    CreateTopic: {
      authorize: ({ Name = '' }: CreateTopicInput) => may('CreateTopic', arn('sns', Name)),
      run: ({ Name, Tags }: CreateTopicInput): CreateTopicResponse => {
        if (Name === undefined || !/^[\w-]{1,256}$/.test(Name))
          throw new AwsError('InvalidParameter', 'Invalid parameter: Topic Name');
        const topicArn = arn('sns', Name);
        const topic = topics.get(topicArn) ?? {
          arn: topicArn,
          tags: new Map<string, string>(),
          subscriptions: [],
        };
        topics.set(topicArn, topic);
        addTags(topic, Tags);
        return { TopicArn: topicArn };
      },
    },
    ListTopics: {
      authorize: () => may('ListTopics'),
      run: (): ListTopicsResponse => ({ Topics: [...topics.keys()].map((TopicArn) => ({ TopicArn })) }),
    },
    TagResource: {
      authorize: ({ ResourceArn = '' }: TagResourceRequest) =>
        may('TagResource', ResourceArn, tagsOf(ResourceArn)),
      run: ({ ResourceArn, Tags }: TagResourceRequest): object => {
        addTags(find(ResourceArn), Tags);
        return {};
      },
    },
  };
}

function addTags({ tags }: Topic, wanted: readonly Tag[] | undefined): void {
  for (const { Key = '', Value = '' } of wanted ?? []) tags.set(Key, Value);
}

function messageOperations(
  find: (arn: string | undefined) => Topic,
  send: (topic: Topic, publication: Publication) => string,
  newId: () => string,
) {
  return {
    Subscribe: {
      authorize: ({ TopicArn = '' }: SubscribeInput) => may('Subscribe', TopicArn),
      run: ({ TopicArn, Protocol, Endpoint }: SubscribeInput): SubscribeResponse => {
        const topic = find(TopicArn);
        if (Protocol !== 'lambda' || Endpoint === undefined)
          throw new AwsError(
            'InvalidParameter',
            'Invalid parameter: only the protocol lambda is modelled here',
          );
        const known = topic.subscriptions.find(({ functionArn }) => functionArn === Endpoint);
        const subscription = known ?? { arn: `${topic.arn}:${newId()}`, functionArn: Endpoint };
        if (known === undefined) topic.subscriptions.push(subscription);
        return { SubscriptionArn: subscription.arn };
      },
    },
    Publish: {
      authorize: ({ TopicArn = '' }: PublishInput) => may('Publish', TopicArn),
      run: ({ TopicArn, Message, Subject }: PublishInput): PublishResponse => {
        if (Message === undefined || Message === '')
          throw new AwsError('InvalidParameter', 'Invalid parameter: Empty message');
        return { MessageId: send(find(TopicArn), { Message, Subject }) };
      },
    },
  };
}

/**
 * Returns the event for a subscribed function. Its signature is fake, because nothing here could check it.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
 */
function envelope(
  topic: Topic,
  subscription: Subscription,
  publication: Publication,
  id: string,
  now: string,
) {
  const endpoint = `https://sns.${REGION}.amazonaws.com`;
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscription.arn,
        Sns: {
          Type: 'Notification',
          MessageId: id,
          TopicArn: topic.arn,
          Subject: publication.Subject ?? null,
          Message: publication.Message ?? '',
          Timestamp: now,
          SignatureVersion: '1',
          Signature: 'unsigned',
          SigningCertUrl: `${endpoint}/SimpleNotificationService.pem`,
          UnsubscribeUrl: `${endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`,
          MessageAttributes: {},
        },
      },
    ],
  };
}
