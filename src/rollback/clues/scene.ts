import { breachOf, onsetBy } from '../breach.ts';
import { onsetOfChildren } from '../children.ts';
import type { Facts, Measured } from '../facts.ts';
import { onsetOf, type Onset } from '../onset.ts';
import type { Deployment } from '../plan.ts';
import type { Instant } from '../request.ts';
import { suspicionAmong } from '../suspect.ts';
import { after, isAfter, secondsBetween } from '../time.ts';
import {
  between,
  firstOfSize,
  indexAt,
  instantAt,
  isHigh,
  levelOf,
  seriesFor,
  shareLevel,
  startOfRise,
  usualOf,
} from './levels.ts';
import type { Level, Of, Usual } from './levels.ts';
import { startOfStep } from './step.ts';

/** The metric that hurts. */
export type Harm = 'errors' | 'latency' | 'cpu' | 'memory' | 'healthyHosts';

/** The input of the clues: the harm, its onset, and the suspect. */
export interface Scene {
  readonly facts: Facts;
  readonly now: Instant;
  readonly onset: Onset;
  readonly suspect: Deployment;
  /** The deployments after the suspect, newest first. */
  readonly later: readonly Deployment[];
  /** The other deployments that may be it, newest first: sights leave open when they began. */
  readonly others: readonly Deployment[];
  /** The deployments before the suspect, newest first. */
  readonly older: readonly Deployment[];
  readonly harm: Harm | null;
  /** The level of the harm, minute by minute, and its usual level before the suspect. Null: not measured. */
  readonly level: Level | null;
  readonly usual: Usual | null;
  /** When the level began to rise, which may be before it crossed the alarm's threshold. */
  readonly rise: Instant;
  readonly measured: readonly Measured[];
}

/** The usual level comes from these minutes before the first breach; the last ones may have begun to rise. */
const USUAL_FROM_MINUTES = 120;
const USUAL_TO_MINUTES = 15;

/** A rise that leads to the harm began within this long before it. */
const LEAD_MINUTES = 30;

/** Returns the scene. Null: there is no suspect, or no onset is known. */
export function sceneOf(facts: Facts, now: Instant): Scene | null {
  const { recent = [], deployment } = facts.plan;
  const known = recent.length > 0 ? recent : deployment === undefined ? [] : [deployment];
  const breach = onsetFrom(facts);
  if (breach === null) return null;
  const measured = facts.measured?.known === true ? facts.measured.is : [];
  const harm = harmOf(facts);
  const level = harm === null ? null : harmLevel(measured, harm);
  // The minutes before an onset that may be earlier may hurt already.
  const usual = level === null || breach.unseenBefore !== undefined ? null : usualBefore(level, breach.at);
  const onset = level === null || usual === null ? breach : riseTo(breach, level, usual);
  const served = known.findIndex((one) => !tookNoTraffic(one, measured, onset));
  const suspicion = suspicionAmong(known.slice(Math.max(0, served)), withSlack(onset, breach));
  if (suspicion === null) return null;
  const { suspect, others } = suspicion;
  const place = known.indexOf(suspect);
  const [later, older] = [known.slice(0, place), known.slice(place + 1)];
  const rise = riseOf(onset);
  return { facts, now, onset, suspect, later, others, older, harm, level, usual, rise, measured };
}

/**
 * Extends the onset of a slow rise, which may be estimated a minute too early by chance. A deployment that began within
 * the next minute, and before the breach, is suspected too. That it began after the rise speaks against it.
 */
function withSlack(rise: Onset, breach: Onset): Onset {
  const latest = after(rise.until, 60);
  const until = isAfter(breach.until, latest) ? latest : breach.until;
  return isAfter(until, rise.until) ? { ...rise, until } : rise;
}

/**
 * Returns the first breaching datapoint: by the event, else by the alarms in its rule or by the metric of the alarm, else
 * as an earlier look found it, else as estimated. That of a young alarm may not be the first.
 */
export function onsetFrom({ request, alarm, measured, sinceBefore }: Facts): Onset | null {
  const { trigger } = request;
  const named = onsetOf(request);
  if (named === null || trigger === undefined) return named;
  const known = named.estimated === true ? (sinceBefore ?? named) : named;
  if (alarm?.known !== true) return known;
  const series = measured?.known === true ? measured.is : [];
  const breach =
    named.estimated === true
      ? (onsetOfChildren(alarm.is, trigger.at) ?? breachOf(alarm.is, series, trigger.at))
      : null;
  return onsetBy(alarm.is, series, breach ?? known);
}

function harmOf({ alarm }: Facts): Harm | null {
  const metric = alarm?.known === true ? alarm.is.metric : undefined;
  if (metric === undefined || metric === 'requests' || metric === 'unhealthyHosts') return null;
  return metric === 'errorRate' ? 'errors' : metric;
}

/** Returns the level of the harm. Errors are a share of the requests; missing hosts count as a rise. */
export function harmLevel(measured: readonly Measured[], harm: Harm, of: Of = {}): Level | null {
  if (harm === 'errors') {
    const requests = seriesFor(measured, 'requests', of);
    return requests === null ? null : shareLevel(seriesFor(measured, 'errors', of), requests);
  }
  const series = seriesFor(measured, harm, of);
  if (series === null) return null;
  const level = levelOf(series);
  return harm === 'healthyHosts'
    ? { ...level, values: level.values.map((value) => (value === null ? null : -value)) }
    : level;
}

/** Returns the usual level from the available minutes, for a target that is younger or had no traffic before. */
export function usualBefore(level: Level, breach: Instant): Usual | null {
  const at = indexAt(level, breach);
  return (
    usualOf(between(level, at - USUAL_FROM_MINUTES, at - USUAL_TO_MINUTES)) ??
    usualOf(between(level, at - USUAL_TO_MINUTES, at - 1))
  );
}

/**
 * Returns the onset: when the rise that leads to the first breach began. Searches the minutes of a longer datapoint.
 */
function riseTo(breach: Onset, level: Level, usual: Usual): Onset {
  const from = indexAt(level, breach.at);
  const to = Math.max(from + 1, indexAt(level, breach.until));
  const index = [...Array(to - from).keys()].map((k) => from + k).find((at) => isHigh(level, at, usual));
  if (index === undefined) return breach;
  const start = startOfRise(level, index, usual, from - LEAD_MINUTES);
  const first = firstOfSize(level, start, index, usual);
  const at = instantAt(level, Math.max(first, startOfStep(level, index, usual) ?? first));
  return { at, until: after(at, 60) };
}

/** Returns the instant of the rise. For a range without minutes it is the end, which accuses the deployment least. */
function riseOf(onset: Onset): Instant {
  return isRange(onset) ? after(onset.until, -60) : onset.at;
}

/**
 * Says whether the onset may lie anywhere in several minutes: it is estimated or may be earlier, or its datapoint is
 * longer than a minute and has no minutes.
 */
export function isRange({ at, until, estimated, unseenBefore }: Onset): boolean {
  return estimated === true || unseenBefore !== undefined || secondsBetween(at, until) > 60;
}

/**
 * Says whether a revision had received no request by then, where AWS measures its side. Such a revision cannot have
 * hurt.
 */
function tookNoTraffic({ revision }: Deployment, measured: readonly Measured[], { until }: Onset): boolean {
  const requests = seriesFor(measured, 'requests', { revision: revision.id });
  if (requests === null) return false;
  const level = levelOf(requests);
  return between(level, 0, indexAt(level, until)).every((count) => count === 0);
}

/** Returns the minutes from one instant to another. */
export function minutesBetween(earlier: Instant, later: Instant): number {
  return secondsBetween(earlier, later) / 60;
}

/** Returns the values of a level since an instant, such as the beginning of the harm. */
export function since(level: Level, from: Instant): readonly number[] {
  return between(level, indexAt(level, from), level.values.length);
}

/** Limits a number to the range from 0 to 1. */
export function share(value: number): number {
  return Math.min(1, Math.max(0, value));
}
