import type { Ignored, Rejected } from '../answer.ts';
import { asRecord } from '../../rollback/json.ts';
import type { Alarm } from './alarm.ts';
import { readPayload } from './payload.ts';

/**
 * Reads an alarm from its Lambda action. Returns null for an event in another envelope.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
 *
 * Does not look at the previous state. CloudWatch runs an action when it is due, and a composite alarm whose actions
 * were suppressed for a while goes from ALARM to ALARM.
 */
export function readAlarmAction(event: unknown): Alarm | Ignored | Rejected | null {
  const found = asRecord(event);
  if (found === null || !('alarmData' in found)) return null;
  const { alarmArn, region, accountId } = found;
  return readPayload(found.alarmData, 'alarmData', {
    arn: asText(alarmArn),
    region: asText(region),
    account: asText(accountId),
  });
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
