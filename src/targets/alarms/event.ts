import { ignored, type Ignored, type Rejected } from '../answer.ts';
import { readBusEvent } from '../bus-event.ts';
import type { Alarm } from './alarm.ts';
import { readPayload, wasActing } from './payload.ts';

/**
 * The detail types. The second one: a time series of a Metrics Insights alarm turned, whatever the alarm's own state.
 */
const STATE_CHANGES = ['CloudWatch Alarm State Change', 'CloudWatch Alarm Contributor State Change'];

/**
 * Reads an alarm from an EventBridge event. Returns null for an event in another envelope.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 *
 * Unlike an alarm's actions, its events also come while it is muted or suppressed. AWS does not document whether
 * CloudWatch sends an event when it releases the actions again. If it does, that is an event from ALARM to ALARM.
 */
export function readAlarmEvent(event: unknown): Alarm | Ignored | Rejected | null {
  const found = readBusEvent(event);
  if (found === null) return null;
  if (found.source !== 'aws.cloudwatch' || !STATE_CHANGES.includes(found['detail-type'])) {
    return ignored(`${found.source} "${found['detail-type']}" is not an alarm that changed its state`);
  }
  const [arn] = found.resources;
  const alarm = readPayload(found.detail, 'detail', { arn, region: found.region, account: found.account });
  if (!('name' in alarm) || !wasActing(found.detail)) return alarm;
  return ignored(`alarm ${alarm.name} was already in ALARM`);
}
