import type { Tags } from '../../rollback/plan.ts';
import type { Request, Trigger } from '../../rollback/request.ts';
import { rejected, type Accepted, type Rejected } from '../answer.ts';
import { clip } from '../clip.ts';
import { kinds } from '../kinds.ts';
import { TARGET_TAG } from '../tag.ts';
import { problemOfTarget } from '../target.ts';
import type { Alarm } from './alarm.ts';

/**
 * What an alarm asks of us. Its tag names the targets; without the tag, the dimensions of its metrics do.
 * @param tags of the alarm; null when they could not be read
 * @param behind the tag of the target group or load balancer that it watches, where neither of those names a target
 */
export function answerAlarm(alarm: Alarm, tags: Tags | null, behind?: string): Accepted | Rejected {
  const tag = tags?.[TARGET_TAG] ?? behind;
  const targets = tag === undefined ? targetsOfMetrics(alarm) : targetsOfTag(tag);
  if ('field' in targets) return targets;
  return {
    kind: 'alarm',
    targets,
    requests: alarm.withheld === null ? targets.map((target) => requestFor(alarm, target)) : [],
    reason: [`alarm ${alarm.name} turned to ALARM`, aboutTargets(targets, tags, behind), aboutActions(alarm)]
      .filter(Boolean)
      .join('; '),
  };
}

function targetsOfTag(tag: string): readonly string[] | Rejected {
  const targets = [...new Set(tag.split(' ').filter((word) => word !== ''))];
  if (targets.length === 0) return rejected(`tag ${TARGET_TAG}`, 'must name a target');
  const problem = targets.map(problemOfTarget).find((found) => found !== null);
  return problem === undefined ? targets : rejected(`tag ${TARGET_TAG}`, problem);
}

/** The targets that the dimensions of an alarm's metrics name. */
export function targetsOfMetrics({ dimensions }: Pick<Alarm, 'dimensions'>): readonly string[] {
  const found = dimensions.flatMap((of) =>
    kinds.map((kind) => [kind.name, kind.fromDimensions(of)] as const),
  );
  const targets = found.flatMap(([kind, name]) => (name === null ? [] : [`${kind}:${name}`]));
  return [...new Set(targets)].filter((target) => problemOfTarget(target) === null);
}

function aboutTargets(targets: readonly string[], tags: Tags | null, behind: string | undefined): string {
  const named = targets.join(' and ');
  if (tags?.[TARGET_TAG] !== undefined) return `its tag ${TARGET_TAG} names ${named}`;
  if (behind !== undefined) return `the tag ${TARGET_TAG} of what it watches names ${named}`;
  const tag = tags === null ? `its tag ${TARGET_TAG} could not be read` : `it has no tag ${TARGET_TAG}`;
  return targets.length === 0
    ? `${tag} and its metrics are about no target that we know`
    : `${tag}, its metrics are about ${named}`;
}

function aboutActions({ withheld }: Alarm): string {
  return withheld === null ? '' : `its actions are ${withheld}, so nothing is started`;
}

function requestFor(alarm: Alarm, target: string): Request {
  const says = alarm.reason === '' ? '' : `: ${alarm.reason}`;
  return { target, reason: clip(`alarm ${alarm.name} turned to ALARM${says}`), trigger: triggerOf(alarm) };
}

/** One turn of one alarm is one trigger, whichever of the envelopes brought it, and how often. */
function triggerOf({ name, arn, at, previously, onset, reason, forged, meters = [] }: Alarm): Trigger {
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
    ...(meters.length > 0 && {
      meters: meters.map((meter) => ({ ...meter, dimensions: { ...meter.dimensions } })),
    }),
  };
}
