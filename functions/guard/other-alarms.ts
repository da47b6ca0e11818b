import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { onlyScales } from '../../src/aws/scaling-alarms.ts';
import type { Judgeable } from '../../src/rollback/document.ts';
import type { OtherAlarm, Relation } from '../../src/rollback/facts.ts';
import type { Onset } from '../../src/rollback/onset.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { isAfter, secondsBetween } from '../../src/rollback/time.ts';
import type { Alarm } from '../../src/targets/alarms/alarm.ts';
import { targetsOfMetrics } from '../../src/targets/alarms/targets.ts';
import { fromDescription } from '../../src/targets/alarms/description.ts';
import { onsetOfAlarm } from './onset-of-alarm.ts';
import { relationOf } from './relation.ts';

/**
 * Lists the other alarms in ALARM by their target, or else by their name, each once with its earliest turn. Alarms that
 * the plan watches, or whose dimensions name the target or its target groups, are not others. The tag `lastgood:target`
 * of other alarms is not read, because each would cost one more call. Composite alarms are left out: they only repeat
 * others. So are alarms that only scale.
 */
export function othersAmong(
  red: readonly MetricAlarm[],
  rollback: Judgeable,
  arrived: number,
): readonly OtherAlarm[] {
  const settings = readSettings(rollback.plan.tags);
  const others = new Map<string, OtherAlarm>();
  const alarms = red.filter((alarm) => !onlyScales(alarm)).flatMap(withOnset);
  for (const alarm of alarms.filter((one) => !isAboutTarget(one, rollback))) {
    const subject = subjectOf(alarm);
    const relation = relationOf([...targetsOfMetrics(alarm), `alarm:${alarm.name}`], settings);
    others.set(subject, merged(others.get(subject), toOther(alarm, relation)));
  }
  // The target's own alarm has arrived, too.
  return withTargets([...others.values()], alarms, Math.max(0, arrived - 1));
}

type WithOnset = Alarm & { readonly onset: Onset };

function withOnset(described: MetricAlarm): readonly WithOnset[] {
  const alarm = fromDescription(described);
  return alarm === null ? [] : [{ ...alarm, onset: onsetOfAlarm(described, alarm.at) }];
}

/** Says whether an alarm is about the target itself. */
export function isAboutTarget(
  alarm: Alarm,
  { request: { target, trigger }, plan }: Pick<Judgeable, 'request' | 'plan'>,
): boolean {
  const watch = 'watch' in plan ? plan.watch : { alarms: [], targetGroups: [] };
  const own = trigger?.type === 'alarm' ? [trigger.alarm] : [];
  if ([...own, ...watch.alarms].includes(alarm.name)) return true;
  if (targetsOfMetrics(alarm).includes(target)) return true;
  const groups = alarm.dimensions.flatMap(({ TargetGroup }) => TargetGroup ?? []);
  return groups.some((group) => watch.targetGroups.some(({ arn }) => arn.endsWith(`:${group}`)));
}

/**
 * Returns the subject of an alarm: its target, else its dimensions, else its name. Alarms with one subject count once.
 */
function subjectOf(alarm: Alarm): string {
  const [target] = targetsOfMetrics(alarm);
  if (target !== undefined) return target;
  const dimensions = alarm.dimensions.map((of) => Object.entries(of).sort().join(', ')).join('; ');
  return dimensions === '' ? alarm.name : dimensions;
}

function toOther(alarm: WithOnset, relation: Relation): OtherAlarm {
  const { name, at, onset } = alarm;
  const [target] = targetsOfMetrics(alarm);
  const isTarget = alarm.withheld === null && target !== undefined;
  return { about: target ?? name, relation, at, onset, ...(isTarget && { isTarget }) };
}

/**
 * Counts alarms of target groups as those of targets, as many as have arrived. The tag of a target group may name its
 * target, but is not read here. Those that never arrive do not count: forty untagged groups that turn red start nothing,
 * and have a common cause.
 */
function withTargets(
  others: readonly OtherAlarm[],
  alarms: readonly Alarm[],
  arrived: number,
): readonly OtherAlarm[] {
  const groups = alarms
    .filter((one) => one.withheld === null && isOfTargetGroup(one))
    .map(({ name }) => name);
  const ofGroups = others.filter(({ about, isTarget }) => isTarget !== true && groups.includes(about));
  const counted = new Set(ofGroups.slice(0, arrived));
  return others.map((one) => (counted.has(one) ? { ...one, isTarget: true } : one));
}

function isOfTargetGroup({ dimensions }: Alarm): boolean {
  return dimensions.some(({ TargetGroup }) => TargetGroup !== undefined);
}

/** Merges two alarms with one subject. The earliest turn and onset count, and one named dependency is enough. */
function merged(known: OtherAlarm | undefined, other: OtherAlarm): OtherAlarm {
  if (known === undefined) return other;
  const earliest = isAfter(known.at, other.at) ? other : known;
  const isTarget = known.isTarget ?? other.isTarget;
  const relation = [known, other].some((one) => one.relation === 'dependency')
    ? 'dependency'
    : earliest.relation;
  const onsets = [known, other].flatMap(({ onset }) => onset ?? []);
  const [onset] = onsets.toSorted((one, two) => secondsBetween(two.at, one.at));
  return { ...earliest, relation, ...(onset && { onset }), ...(isTarget && { isTarget }) };
}
