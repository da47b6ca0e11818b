import { DescribeAlarmsCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ALARM_TYPES, alarmsIn, withoutOwn } from '../../src/aws/alarms.ts';
import type { Emitter } from '../../src/events/emit.ts';
import { publishAll } from '../../src/events/publish.ts';
import { rejectionsOf } from '../../src/events/rejected-alarm.ts';
import type { Starter } from '../../src/lambda/start.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { MAX_AGE_RED_SECONDS } from '../../src/rollback/rules/trigger.ts';
import { secondsBetween } from '../../src/rollback/time.ts';
import type { Alarm } from '../../src/targets/alarms/alarm.ts';
import { fromDescription } from '../../src/targets/alarms/description.ts';
import { answerWithTags, type TagReaders } from '../../src/targets/alarms/read-tags.ts';
import { wrongIn } from '../../src/targets/answer.ts';
import { eachOf } from '../../src/aws/each.ts';
import type { IsMuted } from './muted.ts';
import { ALARMS_IN_ALARM } from './shares.ts';

/** Events take seconds. Before this age the event may still arrive. */
const MIN_AGE_SECONDS = 60;

/** Two or three sweeps publish what names no target. Receivers know a repetition by `request`. */
const PUBLISH_WITHIN_SECONDS = 180;

export interface AlarmEvents extends TagReaders {
  /** The alarms that are in ALARM now. */
  readonly inAlarm: () => Promise<readonly Alarm[]>;
  readonly isMuted: IsMuted;
  readonly starter: Starter;
  readonly emitter: Emitter;
  readonly warn: (message: string, about: object) => void;
}

/**
 * Reconciles lost and late alarm events: starts the rollbacks for alarms that turned a short while ago. Lambda may hold
 * an event for five minutes after it refused to run us, but each minute has a sweep of its own. An event that did
 * arrive has started the same rollback, because the same request has the same execution name. Starts nothing for a
 * muted alarm, as its event would not either. Publishes what names no target, as on-alarm does: that is no error of the
 * sweep.
 */
export async function reconcileAlarmEvents(
  { inAlarm, isMuted, starter, emitter, warn, ...readers }: AlarmEvents,
  now: Instant,
): Promise<void> {
  const turned = (await inAlarm()).filter(({ at }) => isDue(secondsBetween(at, now)));
  await eachOf(turned, async (alarm) => {
    const answer = await answerWithTags(alarm, readers);
    const requests = answer.kind === 'rejected' ? [] : answer.requests;
    const wrong = wrongIn(answer);
    if (requests.length + wrong.length === 0 || (await isMuted(alarm.name))) return;
    await eachOf(requests, async (request) => {
      await starter.start(request);
    });
    if (secondsBetween(alarm.at, now) > PUBLISH_WITHIN_SECONDS) return;
    wrong.forEach((one) => {
      warn('an alarm names no target', { alarm: alarm.name, ...one });
    });
    await publishAll(emitter, rejectionsOf(alarm, wrong, now));
  });
}

function isDue(age: number): boolean {
  return age >= MIN_AGE_SECONDS && age <= MAX_AGE_RED_SECONDS;
}

/**
 * Returns the alarms in ALARM, without those of Lastgood's own stack.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export async function alarmsInAlarm(
  client: Pick<CloudWatchClient, 'send'>,
  own: string,
): Promise<readonly Alarm[]> {
  const found: Alarm[] = [];
  let next: string | undefined;
  for (let page = 0; page < ALARMS_IN_ALARM.callsPerMinute; page++) {
    const answer = await client.send(commandFor(next));
    found.push(...withoutOwn(alarmsIn(answer), own).flatMap((alarm) => fromDescription(alarm) ?? []));
    next = answer.NextToken;
    if (next === undefined) break;
  }
  return found;
}

function commandFor(next: string | undefined): DescribeAlarmsCommand {
  return new DescribeAlarmsCommand({
    StateValue: 'ALARM',
    AlarmTypes: ALARM_TYPES,
    MaxRecords: 100,
    ...(next !== undefined && { NextToken: next }),
  });
}
