import type { Tags } from '../../rollback/plan.ts';
import type { Request, Trigger } from '../../rollback/request.ts';
import { rejected, type Accepted, type Rejected } from '../answer.ts';
import { clip } from '../clip.ts';
import { kinds } from '../kinds.ts';
import { TARGET_TAG } from '../tag.ts';
import { problemOfTarget } from '../target.ts';
import { sortWords, type Named } from '../words.ts';
import type { Alarm } from './alarm.ts';

/** A question cannot name more. */
const MAX_AMONG = 20;

/** What an alarm speaks for, as far as that is known. */
interface Spoken extends Named {
  /** False: the alarm is about all of them, and which one hurts it does not say. */
  readonly isMeant: boolean;
}

/**
 * What an alarm asks of us. Its tag names the targets; without the tag, the dimensions of its metrics do. Where those are
 * about several targets, an error rate and its baseline say, one rollback is asked for, whose trigger names the others:
 * the judge asks.
 * @param tags of the alarm; null when they could not be read
 * @param behind the tags of the target groups or load balancers that it watches, where neither of those names a target
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

/** A time series that turned is about one of the targets that the tag names, where its attributes say so. */
function narrowed(named: Named, alarm: Alarm): Named {
  if (alarm.contributor === undefined) return named;
  const own = targetsOfMetrics(alarm).filter((target) => named.targets.includes(target));
  return own.length === 0 ? named : { ...named, targets: own };
}

/** The targets that the dimensions of an alarm's metrics name. */
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
  const which = isMeant ? '' : `; which of them hurts it does not say, so ${targets[0]} is asked about`;
  if (behind.length > 0) return `the tag ${TARGET_TAG} of what it watches names ${named}${which}`;
  const tag = tags === null ? `its tag ${TARGET_TAG} could not be read` : `it has no tag ${TARGET_TAG}`;
  if (targets.length > 0) return `${tag}, its metrics are about ${named}${which}`;
  return elsewhere === undefined
    ? `${tag} and its metrics are about no target that we know`
    : `${tag}, and metrics of another account (${elsewhere.join(', ')}) name no target here`;
}

function aboutActions({ withheld }: Alarm): string {
  return withheld === null ? '' : `its actions are ${withheld}, so nothing is started`;
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

/** One turn of one alarm is one trigger, whichever of the envelopes brought it, and how often. */
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
