import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { WrittenLook } from '../../judge/incident.ts';
import { isAboutTarget } from '../../../functions/guard/other-alarms.ts';
import { relationOf } from '../../../functions/guard/relation.ts';
import type { AnyAlarm } from '../../../src/aws/alarms.ts';
import { watchedIn } from '../../../src/aws/watched.ts';
import type { AlarmState, Relation, StateChange } from '../../../src/rollback/facts.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { stateAt } from '../../../src/rollback/rules/alarm-history.ts';
import { readSettings } from '../../../src/rollback/settings.ts';
import { after, isAfter, secondsBetween } from '../../../src/rollback/time.ts';
import { targetsOfMetrics } from '../../../src/targets/alarms/targets.ts';
import { fromDescription } from '../../../src/targets/alarms/description.ts';
import type { PastAlarm, Moment } from './moment.ts';

type Written = WrittenLook['alarms'][number];

/** An alarm of another target is written if it is red or changed its state within this time. */
export const OTHERS_SECONDS = 86_400;

/**
 * An alarm's event and its history may date the same turn slightly apart. No page says that they agree.
 * Unknown: alarm-event-and-history-time.
 */
const SAME_TURN_SECONDS = 60;

/**
 * Writes the alarms as they were at a look: all of the target's, and others that turned within a day or were red.
 * Leaves out composite alarms of others, because they only repeat metric alarms.
 */
export function toAlarms(alarms: readonly PastAlarm[], moment: Moment): Written[] {
  const isKept = keepsHistory(alarms, moment);
  return alarms.flatMap((alarm) => toAlarm(alarm, moment, isKept) ?? []);
}

/**
 * Returns whether CloudWatch still keeps the history of that time. If the turn itself is gone, an empty history proves
 * nothing. Unknown: alarm-history-kept.
 */
function keepsHistory(alarms: readonly PastAlarm[], { request: { trigger } }: Moment): boolean {
  const turns = alarms.find(({ name }) => name === trigger.alarm)?.changes ?? [];
  const isTurn = ({ at }: StateChange) => Math.abs(secondsBetween(at, trigger.at)) <= SAME_TURN_SECONDS;
  return turns.some((change) => change.to === 'ALARM' && isTurn(change));
}

function toAlarm(alarm: PastAlarm, moment: Moment, isKept: boolean): Written | null {
  const { name, described } = alarm;
  const { target, relation } = subjectOf(alarm, moment);
  const type = described !== undefined && 'AlarmRule' in described ? 'composite' : 'metric';
  const isOwn = relation === 'this';
  const changes = alarm.changes.filter(({ at }) => !isAfter(at, moment.at));
  const lately = isOwn ? changes : changes.filter(({ at }) => isAfter(at, after(moment.at, -OTHERS_SECONDS)));
  const state = stateThen(alarm, moment, isKept);
  if (state === null || (!isOwn && isIdle(type, state, lately))) return null;
  return {
    name,
    type,
    ...(target !== undefined && { target }),
    relation,
    ...configurationOf(alarm, moment, isOwn),
    state,
    ...(isKept && { history: lately.length > 0 ? lately : changes.slice(-1) }),
  };
}

function isIdle(type: Written['type'], state: AlarmState, lately: readonly StateChange[]): boolean {
  return type === 'composite' || (state !== 'ALARM' && lately.length === 0);
}

interface Subject {
  readonly target?: string;
  readonly relation: Relation;
}

function subjectOf({ name, described }: PastAlarm, { request, plan }: Moment): Subject {
  const alarm = described === undefined ? null : fromDescription(described);
  const watched = 'watch' in plan ? plan.watch.alarms : [];
  const isOwn =
    alarm === null ? isNamed(name, request.trigger.alarm, watched) : isAboutTarget(alarm, { request, plan });
  if (isOwn) return { target: request.target, relation: 'this' };
  const targets = alarm === null ? [] : targetsOfMetrics(alarm);
  const [target] = targets;
  const relation = relationOf([...targets, `alarm:${name}`], readSettings(plan.tags));
  return { ...(target !== undefined && { target }), relation };
}

function isNamed(name: string, trigger: string, watched: readonly string[]): boolean {
  return [trigger, ...watched].includes(name);
}

/** Returns the state at the look: from the history, or today's if it has not changed since. Null: not known. */
function stateThen(
  { name, described, changes }: PastAlarm,
  moment: Moment,
  isKept: boolean,
): AlarmState | null {
  if (name === moment.request.trigger.alarm && !isKept) return 'ALARM';
  const recorded = stateAt(changes, moment.at);
  if (recorded !== null) return recorded;
  const since = described?.StateTransitionedTimestamp?.toISOString();
  return since === undefined || isAfter(since, moment.at) ? null : (described?.StateValue ?? null);
}

type Configuration = Pick<
  Written,
  'metric' | 'periodSeconds' | 'evaluationPeriods' | 'datapointsToAlarm' | 'threshold' | 'treatMissingData'
>;

/**
 * Returns the metric and threshold that an alarm watched. If the alarm was configured anew since, only the metric in
 * its event is known.
 */
function configurationOf({ name, described }: PastAlarm, moment: Moment, isOwn: boolean): Configuration {
  if (described !== undefined && !isNewer(described, moment.at))
    return 'MetricName' in described || 'Metrics' in described ? watchedBy(described, isOwn) : {};
  const { alarm, meters = [] } = moment.request.trigger;
  const [meter, another] = meters;
  return name === alarm && meter !== undefined && another === undefined ? { metric: meter.metric } : {};
}

// Unknown: alarm-put-unchanged.
function isNewer({ AlarmConfigurationUpdatedTimestamp: configured }: AnyAlarm, at: Instant): boolean {
  return configured === undefined || isAfter(configured.toISOString(), at);
}

/** Describes the target's own alarms in the words and units of an incident, others in those of CloudWatch. */
function watchedBy(alarm: MetricAlarm, isOwn: boolean): Configuration {
  const { metric, limit, periodSeconds } = watchedIn(alarm);
  const { MetricName, EvaluationPeriods, DatapointsToAlarm, Threshold, TreatMissingData } = alarm;
  const word = (isOwn ? metric : undefined) ?? MetricName;
  const threshold = isOwn && metric !== undefined ? limit?.threshold : Threshold;
  return {
    ...(word !== undefined && { metric: word }),
    ...(periodSeconds !== undefined && { periodSeconds }),
    ...(EvaluationPeriods !== undefined && { evaluationPeriods: EvaluationPeriods }),
    ...(DatapointsToAlarm !== undefined && { datapointsToAlarm: DatapointsToAlarm }),
    ...(threshold !== undefined && { threshold }),
    ...(TreatMissingData !== undefined && { treatMissingData: TreatMissingData }),
  };
}
