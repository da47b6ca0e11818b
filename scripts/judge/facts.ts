import type { AlarmNow, Facts, Found, Measured, OtherAlarm, StateChange } from '../../src/rollback/facts.ts';
import { breachOf } from '../../src/rollback/breach.ts';
import { noWayPast } from '../../src/rollback/no-way-back.ts';
import { onsetBefore, onsetOf } from '../../src/rollback/onset.ts';
import {
  MAX_RECENT_DEPLOYMENTS,
  type Deployment,
  type NoWayBack,
  type Plan,
  type Revision,
} from '../../src/rollback/plan.ts';
import type { Request } from '../../src/rollback/request.ts';
import { isOlderThan, suspicionAmong, type Suspicion } from '../../src/rollback/suspect.ts';
import { STORM_SECONDS } from '../../src/rollback/storm/arrivals.ts';
import { isAfter, secondsBetween } from '../../src/rollback/time.ts';
import type { Incident, Observed } from './incident.ts';

type Alarm = Observed['alarms'][number];

const known = <T>(is: T) => ({ known: true as const, is });

/** Returns the facts that Lastgood would have had at one look. `takenUpAt`: when it began to deal with the incident. */
export function factsOf(incident: Observed, looks = 0, takenUpAt: string = incident.decidedAt): Facts {
  const alarm = incident.alarms.find(({ name }) => name === incident.trigger.alarm);
  const alarmNow = alarm === undefined ? undefined : toAlarmNow(alarm);
  const measured = incident.series.flatMap((one) => toMeasured(one, incident));
  const request = requestOf(incident, alarmNow, measured);
  const others = othersOf(incident);
  return {
    request,
    plan: planOf(incident, request),
    takenUpAt,
    history: historyOf(alarm),
    ...(alarmNow !== undefined && { alarm: known(alarmNow) }),
    others: known(others),
    ...(isInStorm(others, incident.trigger.at) && { isInStorm: true }),
    measured: known(measured),
    otherDeployments: known(
      incident.deployments
        .filter(({ relation }) => relation !== 'this')
        .map(({ target, relation, startedAt }) => ({ target, relation, startedAt })),
    ),
    ...(incident.changes && { changes: known(incident.changes) }),
    ...(incident.stoppedTasks && { stopped: known(incident.stoppedTasks.map(toStopped)) }),
    ...(incident.scaling && { scaling: known(incident.scaling) }),
    looks,
    condemned: incident.ledger.filter(({ state }) => state === 'condemned').map(({ revision }) => revision),
    earlier: incident.rollbacks.map(toEarlier),
    freeze: null,
  };
}

function toAlarmNow(alarm: Alarm): AlarmNow {
  const { state, threshold, metric, periodSeconds, evaluationPeriods, treatMissingData } = alarm;
  const breaches = metric === 'healthyHosts' ? 'below' : 'above';
  return {
    state,
    actionsEnabled: true,
    ...(threshold !== undefined && { limit: { threshold, breaches } }),
    ...(periodSeconds !== undefined && { periodSeconds }),
    ...(evaluationPeriods !== undefined && { evaluationPeriods }),
    ...(isMetric(metric) && { metric }),
    silentWhenHealthy: metric === 'errors' && treatMissingData !== 'notBreaching',
  };
}

function isMetric(metric: string | undefined): metric is NonNullable<AlarmNow['metric']> {
  return ['requests', 'errors', 'latency', 'cpu', 'memory', 'healthyHosts', 'errorRate'].includes(
    metric ?? '',
  );
}

function historyOf(alarm: Alarm | undefined): Found<readonly StateChange[]> {
  return alarm?.history === undefined ? { known: false, why: 'it is not in the file' } : known(alarm.history);
}

function toMeasured(one: Observed['series'][number], { decidedAt }: Observed): Measured[] {
  const { relation, revision, zone } = one.of;
  if (relation !== 'this' && relation !== 'dependency') return [];
  const end = secondsBetween(one.start, decidedAt) - one.values.length * one.periodSeconds;
  return [
    {
      metric: one.metric,
      relation,
      ...(revision !== undefined && { revision }),
      ...(zone !== undefined && { zone }),
      ...(end > YESTERDAY_SECONDS && { yesterday: true as const }),
      series: { start: one.start, periodSeconds: one.periodSeconds, values: one.values },
    },
  ];
}

/** A series that ended longer ago is from the day before. */
const YESTERDAY_SECONDS = 12 * 3600;

function requestOf(
  { target, trigger }: Observed,
  alarm: AlarmNow | undefined,
  measured: readonly Measured[],
): Request {
  const breach = alarm === undefined ? null : breachOf(alarm, measured, trigger.at);
  return {
    target: target.name,
    reason: `alarm ${trigger.alarm} turned to ALARM`,
    trigger: {
      type: 'alarm',
      id: `${trigger.alarm} ${trigger.at}`,
      at: trigger.at,
      alarm: trigger.alarm,
      ...(trigger.previously !== undefined && { previously: trigger.previously }),
      ...(breach !== null && { onset: breach }),
    },
  };
}

/**
 * Lists the other alarms that are red as the guard counts them: each target once, with its earliest turn. Composite alarms
 * only repeat metric alarms.
 */
function othersOf({ alarms }: Observed): readonly OtherAlarm[] {
  const others = new Map<string, OtherAlarm>();
  for (const alarm of alarms) {
    const { name, type, target, relation, state, history = [] } = alarm;
    const turn = history.findLast(({ to }) => to === 'ALARM');
    if (type !== 'metric' || relation === 'this' || state !== 'ALARM' || turn === undefined) continue;
    const onset = onsetBefore(turn.at, alarm.periodSeconds, alarm.evaluationPeriods);
    const about = target ?? name;
    const known = others.get(about);
    if (known === undefined || isAfter(known.at, turn.at)) {
      const isTarget = target === undefined ? {} : { isTarget: true as const };
      others.set(about, { about, relation, at: turn.at, onset, ...isTarget });
    }
  }
  return [...others.values()];
}

/** The parameter `storm`, unless a stack sets another. */
const STORM_TARGETS = 5;

/** Says whether so many targets alarmed before that this one is a member of a storm. Alarms arrive as they turn. */
function isInStorm(others: readonly OtherAlarm[], at: string): boolean {
  const before = others.filter((one) => {
    const seconds = secondsBetween(one.at, at);
    return one.isTarget === true && seconds >= 0 && seconds <= STORM_SECONDS;
  });
  return before.length >= STORM_TARGETS;
}

type StoppedTask = NonNullable<Observed['stoppedTasks']>[number];

/** Reads a stopped task. It failed unless a deployment or scaling stopped it, or its instance went away. */
function toStopped({ at, revision, stopCode, stoppedReason = '' }: StoppedTask) {
  const asked = /^Scaling activity initiated by/.test(stoppedReason) || stopCode === 'UserInitiated';
  const isHosts = stopCode === 'SpotInterruption' || stopCode === 'TerminationNotice';
  return { at, revision, failed: !asked && !isHosts };
}

function toEarlier(one: Observed['rollbacks'][number], at: number): Facts['earlier'][number] {
  const { startedAt, endedAt, outcome, automatic, from } = one;
  return {
    execution: `earlier-${at}`,
    automatic,
    startedAt,
    ...(endedAt !== undefined && outcome !== undefined && { ended: { at: endedAt, as: outcome } }),
    ...(from !== undefined && { from }),
  };
}

/** Returns the plan that a mechanism would have made from what the file holds. */
function planOf(incident: Observed, request: Request): Plan {
  const recent = recentOf(incident);
  const base = { at: incident.decidedAt, tags: incident.target.tags, recent };
  const [newest] = recent;
  const suspicion = suspicionAmong(recent, onsetOf(request));
  if (newest === undefined || suspicion === null)
    return {
      ...base,
      state: 'no-way-back',
      reason: 'no deployment is known',
      ...(newest && { deployment: newest }),
    };
  const withNewest = { ...base, deployment: newest };
  const { suspect, later } = suspicion;
  const to = later.length === 0 ? lastKnownGood(incident, recent) : goodBefore(incident, suspect, recent);
  if (newest.state === 'failed')
    return { ...withNewest, state: 'nothing-to-do', reason: `AWS went back from ${newest.revision.name}` };
  if (to === null) return { ...withNewest, ...withoutWay(newest, suspicion) };
  if (later.length > 0 && to.content === newest.content)
    return { ...withNewest, state: 'nothing-to-do', reason: `${newest.revision.name} is back already` };
  return {
    ...withNewest,
    state: newest.state === 'rolling-back' ? 'join' : 'ready',
    watch: { targetGroups: [], alarms: [], probes: [] },
    source: 'ledger',
    from: newest.revision,
    to: to.revision,
    ...(later.length > 0 && { suspect: suspect.revision }),
    fromTags: {},
    rungs: [{ name: 'redeploy', does: 'deploys the last known good', withinSeconds: 600 }],
    memo: null,
  };
}

/** Returns the plan without a way back. A mechanism leaves the suspect's successor alone: it may be the fix. */
function withoutWay(
  newest: Deployment,
  { suspect, later }: Suspicion,
): Pick<NoWayBack, 'state' | 'reason' | 'suspect'> {
  const nothing = `nothing was proven before ${suspect.revision.name}`;
  if (later.length === 0 || newest.content === suspect.content)
    return { state: 'no-way-back', reason: nothing };
  return noWayPast(suspect.revision, `${newest.revision.name} took its place, and ${nothing}`);
}

function recentOf({ deployments, ledger }: Observed): readonly Deployment[] {
  const proven = ledger.filter(({ state }) => state === 'proven').map((entry) => entry.revision);
  const own = deployments.filter(({ relation, revision }) => relation === 'this' && revision !== undefined);
  return own
    .toReversed()
    .slice(0, MAX_RECENT_DEPLOYMENTS)
    .map(({ id, state, startedAt, finishedAt, sights, revision, changes, isRollback = false }) => ({
      id,
      state,
      startedAt,
      ...(finishedAt !== undefined && { finishedAt }),
      ...(sights !== undefined && { sights }),
      revision: nameOnly(revision),
      ...(revision?.content !== undefined && { content: revision.content }),
      ...(changes !== undefined && { changes }),
      isRollback,
      ...(revision !== undefined && proven.includes(revision.id) && { isProven: true }),
    }));
}

function nameOnly(revision: { readonly id: string; readonly name: string } | undefined): Revision {
  return { id: revision?.id ?? '', name: revision?.name ?? '' };
}

type Choice = Pick<Deployment, 'revision' | 'content'> | null;

function lastKnownGood({ lastKnownGood: id, deployments }: Observed, recent: readonly Deployment[]): Choice {
  if (id === undefined || id === null) return null;
  const found = recent.find(({ revision }) => revision.id === id);
  const older = deployments.find(({ revision }) => revision?.id === id)?.revision;
  return found ?? { revision: nameOnly(older ?? { id, name: id }) };
}

/**
 * Returns the newest revision proven before the suspect, or else the last known good if it ran before the suspect. A
 * last known good of null means that a rollback had nowhere to go.
 */
function goodBefore(
  { ledger, lastKnownGood: id }: Observed,
  suspect: Deployment,
  recent: readonly Deployment[],
): Choice {
  if (id === null) return null;
  const proven = new Set(ledger.filter(({ state }) => state === 'proven').map(({ revision }) => revision));
  const older = recent.filter(({ startedAt }) => isAfter(suspect.startedAt, startedAt));
  const fit = older.filter(
    ({ content }) => content !== suspect.content && isOlderThan(content, suspect, recent),
  );
  const choice = fit.find(({ revision }) => proven.has(revision.id));
  return choice ?? fit.find(({ revision }) => revision.id === id) ?? null;
}

export type { Incident };
