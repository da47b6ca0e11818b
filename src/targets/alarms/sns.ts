import { ignored, type Ignored, type Rejected } from '../answer.ts';
import { asRecord, parseJson } from '../../rollback/json.ts';
import type { Alarm } from './alarm.ts';
import { readNotification } from './notification.ts';

/**
 * Reads alarms that came through SNS: in the records of a Lambda invocation, in the envelope of one notification, or
 * bare. Returns null for an event in another envelope.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
 */
export function readSns(event: unknown): readonly (Alarm | Ignored | Rejected)[] | null {
  const found = asRecord(event);
  const records = Array.isArray(found?.Records)
    ? found.Records.map((record) => asRecord(record)?.Sns)
    : [event];
  const notifications = records.map(asRecord).filter((record) => record !== null);
  const read = notifications.map(fromEnvelope).filter((alarm) => alarm !== null);
  return read.length === 0 ? null : read;
}

function fromEnvelope(notification: Readonly<Record<string, unknown>>): Alarm | Ignored | Rejected | null {
  const { Message, TopicArn } = notification;
  if (typeof TopicArn !== 'string' || typeof Message !== 'string') return readNotification(notification);
  return (
    readNotification(parseJson(Message), TopicArn) ?? ignored('an SNS message that is not a CloudWatch alarm')
  );
}
