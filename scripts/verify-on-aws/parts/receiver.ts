import { attribute, ref, tagList, type Resources } from '../cloudformation.ts';
import { THROW_AWAY } from '../tags.ts';

/** A rule that carries events to a queue of the stack. */
export interface Carried {
  readonly pattern: object;
  /** Name of the bus; absent: the default one. */
  readonly bus?: object;
  /** The text that is carried instead of the event. */
  readonly transformer?: object;
}

/** Returns a queue, and the rules that carry events to it, by their logical ids. */
export function receiver(queue: string, rules: Readonly<Record<string, Carried>>): Resources {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: attribute(queue, 'Arn'),
    Condition: { ArnEquals: { 'aws:SourceArn': Object.keys(rules).map((id) => attribute(id, 'Arn')) } },
  };
  const carrying = Object.entries(rules).map(([id, { pattern, bus, transformer }]) => [
    id,
    {
      Type: 'AWS::Events::Rule',
      Properties: {
        ...(bus !== undefined && { EventBusName: bus }),
        EventPattern: pattern,
        Targets: [
          {
            ...{ Id: 'queue', Arn: attribute(queue, 'Arn') },
            ...(transformer !== undefined && { InputTransformer: transformer }),
          },
        ],
      },
    },
  ]);
  return {
    [queue]: { Type: 'AWS::SQS::Queue', Properties: { Tags: tagList(THROW_AWAY) } },
    [`${queue}Policy`]: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [ref(queue)],
        PolicyDocument: { Version: '2012-10-17', Statement: [statement] },
      },
    },
    ...(Object.fromEntries(carrying) as Resources),
  };
}
