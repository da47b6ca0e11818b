import type { Tags } from '../../rollback/plan.ts';
import { readableReason } from '../../rollback/readable.ts';
import type { AlarmTrigger, Request } from '../../rollback/request.ts';
import type { Accepted, Rejected } from '../answer.ts';
import { clip } from '../clip.ts';
import { TARGET_TAG } from '../tag.ts';
import type { Alarm } from './alarm.ts';
import { targetsOf, type Targets } from './targets.ts';

/** What an alarm itself does not name. */
export interface Beside {
  /** The targets that were looked up by the dimensions of its metrics. */
  readonly found?: readonly string[];
  /** The tags of the target groups or load balancers that it watches. */
  readonly behind?: readonly string[];
}

/** The most targets that a question can name. */
const MAX_AMONG = 20;

/**
 * Returns the rollbacks that an alarm requests. Its tag names the targets; without the tag, the dimensions of its
 * metrics do. Dimensions may name several targets, as those of an error rate and its baseline do. Then it requests one
 * rollback whose trigger names the other targets, and the judge asks.
 * @param tags of the alarm; null if they could not be read
 * @param beside what was read because neither of those names a target
 */
export function answerAlarm(
  alarm: Alarm,
  tags: Tags | null,
  { found = [], behind = [] }: Beside = {},
): Accepted | Rejected {
  const spoken = targetsOf(alarm, tags?.[TARGET_TAG], behind, found);
  const { targets, wrong } = spoken;
  const [none] = wrong;
  if (none !== undefined && targets.length === 0) return none;
  return {
    kind: 'alarm',
    targets,
    requests: alarm.withheld === null ? requestsFor(alarm, spoken, tags?.[TARGET_TAG] !== undefined) : [],
    reason: [
      `alarm ${alarm.name} turned to ALARM`,
      aboutTargets(alarm, spoken, tags, behind),
      aboutActions(alarm),
    ]
      .filter(Boolean)
      .join('; '),
    ...(wrong.length > 0 && { wrong }),
  };
}

function aboutTargets(
  { elsewhere }: Alarm,
  { targets, isMeant }: Targets,
  tags: Tags | null,
  behind: readonly string[],
): string {
  const named = targets.join(' and ');
  if (tags?.[TARGET_TAG] !== undefined) return `its tag ${TARGET_TAG} names ${named}`;
  const which = isMeant ? '' : `; it does not say which of them hurts, so Lastgood asks about ${targets[0]}`;
  if (behind.length > 0) return `the tag ${TARGET_TAG} of what it watches names ${named}${which}`;
  const tag = tags === null ? `its tag ${TARGET_TAG} could not be read` : `it has no tag ${TARGET_TAG}`;
  if (targets.length > 0) return `${tag}, its metrics are about ${named}${which}`;
  return elsewhere === undefined
    ? `${tag} and its metrics name no known target`
    : `${tag}, and metrics of another account (${elsewhere.join(', ')}) name no target here`;
}

function aboutActions({ withheld }: Alarm): string {
  return withheld === null ? '' : `its actions are ${withheld}, so Lastgood starts nothing`;
}

function requestsFor(alarm: Alarm, { targets, isMeant }: Targets, isTagged: boolean): readonly Request[] {
  if (isMeant) return targets.map((target) => requestFor(alarm, target, [], isTagged));
  const [first, ...others] = targets;
  return first === undefined ? [] : [requestFor(alarm, first, others.slice(0, MAX_AMONG), isTagged)];
}

function requestFor(alarm: Alarm, target: string, among: readonly string[], isTagged: boolean): Request {
  const says = alarm.reason === '' ? '' : `: ${readableReason(alarm.reason)}`;
  return {
    target,
    reason: clip(`alarm ${alarm.name} turned to ALARM${says}`),
    trigger: { ...triggerOf(alarm, among), ...(isTagged && { isTagged }) },
  };
}

/**
 * Returns the trigger. Its id is the same for one turn of an alarm, in any envelope and however often it is delivered.
 */
function triggerOf(alarm: Alarm, among: readonly string[]): AlarmTrigger {
  const { name, arn, at, previously, onset, reason, forged, contributor, meters = [] } = alarm;
  return {
    type: 'alarm',
    id: `${arn ?? name} ${at}`,
    at,
    alarm: name,
    ...(arn !== null && { arn }),
    ...(previously !== null && { previously }),
    ...(onset !== null && { onset }),
    ...(reason !== '' && { reason: clip(reason) }),
    ...(forged !== null && { forged }),
    ...(contributor !== undefined && { contributor }),
    ...(among.length > 0 && { among: [...among] }),
    ...(meters.length > 0 && {
      meters: meters.map((meter) => ({ ...meter, dimensions: { ...meter.dimensions } })),
    }),
  };
}
