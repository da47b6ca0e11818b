import type { Rollback } from '../rollback/document.ts';
import { onsetFor, type Onset } from '../rollback/onset.ts';
import type { Deployment } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';
import { earliestStart } from '../rollback/sights.ts';
import { after, isAfter, secondsBetween } from '../rollback/time.ts';
import { isPast } from '../rollback/gauge.ts';
import type { Chart } from './material.ts';
import type { Stretch } from './span.ts';
import { clockOf, clockTo, summed } from './words.ts';

/** When the harm began, as exactly as its evidence says. */
export interface Began {
  /** Where drawings show it. */
  readonly at: Instant;
  /** `at 02:15:04`, `in the minute from 02:15`, `between 02:10 and 02:15`. */
  readonly says: string;
}

/**
 * Returns when the harm began. A datapoint says only that it began within its period. Harm of the period in which the
 * deployment began is drawn after it, as the judge reads it. Null: no onset is known.
 */
export function beganIn(document: Rollback, suspect: Deployment | undefined): Began | null {
  const { trigger } = document.request;
  const onset = onsetFor(document) ?? (trigger?.type === 'lookout' ? seenSince(trigger.since) : null);
  if (onset === null) return null;
  const deployed = suspect === undefined ? onset.at : earliestStart(suspect);
  const isWithin = isAfter(deployed, onset.at) && isAfter(onset.until, deployed);
  return { at: isWithin ? deployed : onset.at, says: wordsOf(onset) };
}

/** A lookout names a minute of a metric, or the instant of a crash or of a probe. */
function seenSince(at: Instant): Onset {
  return { at, until: Date.parse(at) % 60_000 === 0 ? after(at, 60) : at };
}

function wordsOf({ unseenBefore, ...onset }: Onset): string {
  return unseenBefore === undefined ? withinOf(onset) : `${withinOf(onset)}, or earlier`;
}

function withinOf({ at, until, estimated }: Onset): string {
  const seconds = secondsBetween(at, until);
  if (seconds <= 0) return `at ${clockOf(at)}`;
  if (estimated === true) return `between ${clockTo(at, seconds)} and ${clockTo(until, seconds)}`;
  return `in ${periodOf(seconds)} from ${clockTo(at, seconds)}`;
}

/** Writes `the minute`, `the 5 minutes` or `the 10 seconds`. */
export function periodOf(seconds: number): string {
  if (seconds === 60) return 'the minute';
  return seconds % 60 === 0 ? `the ${seconds / 60} minutes` : `the ${seconds} seconds`;
}

/** The time for which the metric of the alarm was past its limit. Users may have hurt for a part of a period only. */
export interface Breach {
  readonly side: 'above' | 'below';
  readonly periodSeconds: number;
  /** Runs of breaching datapoints, oldest first. */
  readonly stretches: readonly [Stretch, ...Stretch[]];
  /** The sum of all stretches. */
  readonly seconds: number;
  /** The last known datapoint breaches, and no proof of health followed. */
  readonly isOpen: boolean;
  /** The chart begins after the harm did. */
  readonly isCut: boolean;
}

/**
 * Returns the breach of the harm, by the datapoints since it began. Null: no limit is known, or no datapoint passed it.
 */
export function breachIn(charts: readonly Chart[], since: Instant, isProven: boolean): Breach | null {
  const chart = charts.find(({ limit }) => limit !== undefined);
  const series = chart?.lines[0]?.series;
  if (chart?.limit === undefined || series === undefined) return null;
  const { limit } = chart;
  const { start, periodSeconds, values } = series;
  const points = values
    .map((value, index) => ({ value, from: after(start, index * periodSeconds) }))
    .filter(({ value, from }) => value !== null && isAfter(after(from, periodSeconds), since));
  const [first, ...rest] = stretchesOf(
    points.filter(({ value }) => isPast(value ?? NaN, limit)).map(({ from }) => from),
    periodSeconds,
  );
  if (first === undefined) return null;
  const stretches = [first, ...rest] as const;
  const end = stretches.at(-1)?.to ?? first.to;
  return {
    side: limit.breaches,
    periodSeconds,
    stretches,
    seconds: stretches.reduce((sum, { from, to }) => sum + secondsBetween(from, to), 0),
    isOpen: !isProven && !points.some(({ from }) => !isAfter(end, from)),
    isCut: isAfter(start, since),
  };
}

/** Writes `4 min`, or `at least 4 min` where the beginning or the end is not known. */
export function breachedFor({ seconds, isOpen, isCut }: Breach): string {
  return `${isOpen || isCut ? 'at least ' : ''}${summed(seconds)}`;
}

/** Says how exactly the sum is known, and when the breach was. */
export function breachSays({ stretches, periodSeconds, isOpen, isCut }: Breach): string {
  const [from, to] = [stretches[0].from, stretches.at(-1)?.to ?? stretches[0].to];
  const exactly = `to ${periodOf(periodSeconds)}`;
  const begin = clockTo(from, periodSeconds);
  const end = clockTo(to, periodSeconds);
  const times = stretches.length === 1 ? '' : `in ${stretches.length} stretches `;
  const known = isOpen ? ', where the known datapoints end' : '';
  return `${exactly}, ${times}from ${begin}${isCut ? ', where they begin,' : ''} to ${end} UTC${known}`;
}

/** Names the row and the figure of a breach. */
export function breachName({ side }: Breach): string {
  return `metric ${side === 'above' ? 'over' : 'below'} its limit`;
}

function stretchesOf(begins: readonly Instant[], periodSeconds: number): readonly Stretch[] {
  const all: Stretch[] = [];
  for (const from of begins) {
    const last = all.at(-1);
    const to = after(from, periodSeconds);
    if (last !== undefined && last.to === from) all[all.length - 1] = { from: last.from, to };
    else all.push({ from, to });
  }
  return all;
}
