import { expect, test } from 'vitest';
import { createSns } from '../../world/sns.ts';
import { refusal, surround } from './elb-shop.ts';
import { missing, paths, recorded, testRecorded } from './recorded.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:on-alarm';

function openTopic() {
  const delivered: { readonly to: string; readonly event: unknown }[] = [];
  const sns = createSns(surround(), (to, event) => delivered.push({ to, event }));
  const TopicArn = sns.operations.CreateTopic.run({ Name: 'page' }).TopicArn ?? '';
  return { sns, delivered, TopicArn };
}

test('a subscribed function gets what is published, in an envelope', () => {
  const { sns, delivered, TopicArn } = openTopic();
  const { SubscriptionArn } = sns.operations.Subscribe.run({
    TopicArn,
    Protocol: 'lambda',
    Endpoint: FUNCTION,
  });
  const { MessageId } = sns.operations.Publish.run({ TopicArn, Subject: 'look', Message: '{"a":1}' });
  expect(delivered).toEqual([
    {
      to: FUNCTION,
      event: {
        Records: [
          {
            EventSource: 'aws:sns',
            EventVersion: '1.0',
            EventSubscriptionArn: SubscriptionArn,
            Sns: expect.objectContaining({
              Type: 'Notification',
              MessageId,
              TopicArn,
              Subject: 'look',
              Message: '{"a":1}',
              Timestamp: '2026-11-22T02:00:00.000Z',
            }) as object,
          },
        ],
      },
    },
  ]);
});

testRecorded('the envelope has the keys of the recorded ones', () => {
  const { sns, delivered, TopicArn } = openTopic();
  sns.operations.Subscribe.run({ TopicArn, Protocol: 'lambda', Endpoint: FUNCTION });
  sns.publish(TopicArn, { Subject: 'look', Message: 'text' });
  for (const example of recorded('cloudwatch-alarm-sns', /wrapped|smith/)) {
    // Checks only that a message exists: its keys are CloudWatch's. Lambda's own examples spell two keys both ways.
    const expected = paths(example).filter(
      (path) => !/Message\.|CertURL|UnsubscribeURL|MessageAttributes/.test(path),
    );
    expect(missing(expected, paths(delivered[0]?.event))).toEqual([]);
  }
});

test('subscribing twice delivers once; other topics deliver nothing', () => {
  const { sns, delivered, TopicArn } = openTopic();
  for (let times = 0; times < 2; times++)
    sns.operations.Subscribe.run({ TopicArn, Protocol: 'lambda', Endpoint: FUNCTION });
  sns.publish(sns.operations.CreateTopic.run({ Name: 'other' }).TopicArn ?? '', { Message: 'x' });
  expect(delivered).toEqual([]);
  sns.publish(TopicArn, { Message: 'x' });
  expect(delivered.length).toBe(1);
});

test('a topic is created once, and listed', () => {
  const { sns, TopicArn } = openTopic();
  expect(TopicArn).toBe('arn:aws:sns:eu-west-1:111122223333:page');
  sns.operations.CreateTopic.run({ Name: 'page' });
  expect(sns.operations.ListTopics.run()).toEqual({ Topics: [{ TopicArn }] });
});

test('what does not exist, and what is not modelled, is refused', () => {
  const { sns, TopicArn } = openTopic();
  const subscribe =
    (protocol: string, topic = TopicArn) =>
    () =>
      sns.operations.Subscribe.run({ TopicArn: topic, Protocol: protocol, Endpoint: 'x' });
  expect(refusal(subscribe('lambda', `${TopicArn}-not`))).toBe('NotFound');
  expect(refusal(subscribe('email'))).toBe('InvalidParameter');
  expect(refusal(() => sns.operations.CreateTopic.run({ Name: 'no spaces please' }))).toBe(
    'InvalidParameter',
  );
  expect(refusal(() => sns.operations.Publish.run({ TopicArn, Message: '' }))).toBe('InvalidParameter');
  expect(() => sns.publish(`${TopicArn}-not`, { Message: 'x' })).not.toThrow();
});

test('tags are offered to IAM as conditions', () => {
  const { sns, TopicArn } = openTopic();
  sns.operations.TagResource.run({ ResourceArn: TopicArn, Tags: [{ Key: 'team', Value: 'shop' }] });
  expect(sns.operations.TagResource.authorize({ ResourceArn: TopicArn, Tags: [] })).toEqual([
    { action: 'sns:TagResource', resource: TopicArn, tags: { team: 'shop' } },
  ]);
});
