import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import type { Judgeable } from '../../src/rollback/document.ts';
import type { OtherAlarm } from '../../src/rollback/facts.ts';
import type { AlarmTrigger } from '../../src/rollback/request.ts';
import { isAfter } from '../../src/rollback/time.ts';
import type { Alarm } from '../../src/targets/alarms/alarm.ts';
import { targetsOfMetrics } from '../../src/targets/alarms/answer.ts';
import { fromDescription } from '../../src/targets/alarms/description.ts';
import type { Client } from './alarms.ts';

/** A page has 100 alarms. In a real storm the first ones are many enough. */
const MOST_PAGES = 3;

/**
 * Lists what else is in ALARM: the target it is about, or else the alarm's name, each once with its earliest turn. Alarms
 * that the target's plan watches, or whose dimensions name the target or its target groups, are not others. The tag
 * `lastgood:target` of other alarms is not read: that would be one more call for each.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export async function readOthers(
  client: Client,
  trigger: AlarmTrigger,
  rollback: Judgeable,
): Promise<readonly OtherAlarm[]> {
  const others = new Map<string, OtherAlarm>();
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { MetricAlarms = [], NextToken } = await client.send(commandFor(next));
    const alarms = MetricAlarms.map(fromDescription).filter((alarm) => alarm !== null);
    for (const alarm of alarms.filter((one) => !isOurs(one, trigger, rollback))) {
      const known = others.get(subjectOf(alarm));
      if (known === undefined || isAfter(known.at, alarm.at)) others.set(subjectOf(alarm), toOther(alarm));
    }
    next = NextToken;
    if (next === undefined) break;
  }
  return [...others.values()];
}

/** By state and not by name: one call, however many there are. Composite alarms only repeat what others say. */
function commandFor(next: string | undefined): DescribeAlarmsCommand {
  return new DescribeAlarmsCommand({
    StateValue: 'ALARM',
    AlarmTypes: ['MetricAlarm'],
    MaxRecords: 100,
    ...(next !== undefined && { NextToken: next }),
  });
}

function isOurs(alarm: Alarm, trigger: AlarmTrigger, { request, plan }: Judgeable): boolean {
  const watch = 'watch' in plan ? plan.watch : { alarms: [], targetGroups: [] };
  if ([trigger.alarm, ...watch.alarms].includes(alarm.name)) return true;
  if (targetsOfMetrics(alarm).includes(request.target)) return true;
  const groups = alarm.dimensions.flatMap(({ TargetGroup }) => TargetGroup ?? []);
  return groups.some((group) => watch.targetGroups.some(({ arn }) => arn.endsWith(`:${group}`)));
}

/** Alarms about one thing are one other: its target, or what its dimensions name, or the alarm itself. */
function subjectOf(alarm: Alarm): string {
  const [target] = targetsOfMetrics(alarm);
  if (target !== undefined) return target;
  const dimensions = alarm.dimensions.map((of) => Object.entries(of).sort().join(', ')).join('; ');
  return dimensions === '' ? alarm.name : dimensions;
}

function toOther(alarm: Alarm): OtherAlarm {
  return { about: targetsOfMetrics(alarm)[0] ?? alarm.name, relation: 'unknown', at: alarm.at };
}
