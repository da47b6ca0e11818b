import { ignored, type Ignored, type Rejected } from '../answer.ts';
import { readAlarmAction } from './action.ts';
import type { Alarm } from './alarm.ts';
import { readAlarmEvent } from './event.ts';
import { readSns } from './sns.ts';

/** The alarms of one event. Only SNS delivers several at once. */
export interface Alarms {
  readonly kind: 'alarms';
  readonly alarms: readonly Alarm[];
}

const UNKNOWN = 'is neither a CloudWatch alarm nor another known event';

/** Reads the alarms that turned from an event in any of CloudWatch's envelopes. Never throws. */
export function readAlarms(event: unknown): Alarms | Ignored | Rejected {
  const read = readSns(event) ?? [readAlarmAction(event) ?? readAlarmEvent(event) ?? ignored(UNKNOWN)];
  const alarms = read.filter((one) => 'name' in one);
  const bad = read.find((one) => 'field' in one);
  const quiet = alarms.length > 0 ? undefined : read.find((one) => 'kind' in one);
  return bad ?? quiet ?? { kind: 'alarms', alarms };
}
