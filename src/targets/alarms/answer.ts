import type { Tags } from '../../rollback/plan.ts';
import type { Request, Trigger } from '../../rollback/request.ts';
import { rejected, type Accepted, type Rejected } from '../answer.ts';
import { clip } from '../clip.ts';
import { kinds } from '../kinds.ts';
import { TARGET_TAG } from '../tag.ts';
import { problemOfTarget } from '../target.ts';
import { sortWords, type Named } from '../words.ts';
import type { Alarm } from './alarm.ts';

/** The most targets that a question can name. */
const MAX_AMONG = 20;

/** The targets that an alarm is about. */
interface Spoken extends Named {
  /** False: the alarm is about all of them, and does not say which one hurts. */
  readonly isMeant: boolean;
}

/**
 * Returns the rollbacks that an alarm requests. Its tag names the targets; without the tag, the dimensions of its
 * metrics do. Dimensions may name several targets, as those of an error rate and its baseline do. Then it requests one
 * rollback whose trigger names the other targets, and the judge asks.
 * @param tags of the alarm; null if they could not be read
 * @param behind the tags of the target groups or load balancers that it watches, if neither of those names a target
 */
export function answerAlarm(
  alarm: Alarm,
  tags: Tags | null,
  behind: readonly string[] = [],
): Accepted | Rejected {
  const spoken = spokenFor(alarm, tags?.[TARGET_TAG], behind);
  const { targets, wrong } = spoken;
  const [none] = wrong;
  if (none !== undefined && targets.length === 0) return none;
  return {
    kind: 'alarm',
    targets,
    requests: alarm.withheld === null ? requestsFor(alarm, spoken) : [],
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

function spokenFor(alarm: Alarm, tag: string | undefined, behind: readonly string[]): Spoken {
  if (tag !== undefined) return { ...narrowed(namedBy(tag), alarm), isMeant: true };
  const texts = [...new Set(behind)];
  if (texts.length === 0) {
    const targets = targetsOfMetrics(alarm);
    return { targets, wrong: [], isMeant: targets.length < 2 };
  }
  const all = texts.map(namedBy);
  return {
    targets: [...new Set(all.flatMap(({ targets }) => targets))],
    wrong: all.flatMap(({ wrong }) => wrong),
    isMeant: texts.length === 1,
  };
}

function namedBy(tag: string): Named {
  const field = `tag ${TARGET_TAG}`;
  const words = tag.split(' ').filter((word) => word !== '');
  if (words.length === 0) return { targets: [], wrong: [rejected(field, 'must name a target')] };
  return sortWords(words.map((target) => ({ field, target })));
}

/** Narrows the targets of the tag to the one that the time series names, if its attributes name one of them. */
function narrowed(named: Named, alarm: Alarm): Named {
  if (alarm.contributor === undefined) return named;
  const own = targetsOfMetrics(alarm).filter((target) => named.targets.includes(target));
  return own.length === 0 ? named : { ...named, targets: own };
}

/** Returns the targets that the dimensions of an alarm's metrics name. */
export function targetsOfMetrics({ dimensions }: Pick<Alarm, 'dimensions'>): readonly string[] {
  const found = dimensions.flatMap((of) =>
    kinds.map((kind) => [kind.name, kind.fromDimensions(of)] as const),
  );
  const targets = found.flatMap(([kind, name]) => (name === null ? [] : [`${kind}:${name}`]));
  return [...new Set(targets)].filter((target) => problemOfTarget(target) === null);
}

function aboutTargets(
  { elsewhere }: Alarm,
  { targets, isMeant }: Spoken,
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

function requestsFor(alarm: Alarm, { targets, isMeant }: Spoken): readonly Request[] {
  if (isMeant) return targets.map((target) => requestFor(alarm, target, []));
  const [first, ...others] = targets;
  return first === undefined ? [] : [requestFor(alarm, first, others.slice(0, MAX_AMONG))];
}

function requestFor(alarm: Alarm, target: string, among: readonly string[]): Request {
  const says = alarm.reason === '' ? '' : `: ${alarm.reason}`;
  return {
    target,
    reason: clip(`alarm ${alarm.name} turned to ALARM${says}`),
    trigger: triggerOf(alarm, among),
  };
}

/**
 * Returns the trigger. Its id is the same for one turn of an alarm, in any envelope and however often it is delivered.
 */
function triggerOf(alarm: Alarm, among: readonly string[]): Trigger {
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
