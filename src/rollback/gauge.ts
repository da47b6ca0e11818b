import type { AlarmNow, Series } from './facts.ts';
import type { Unit } from './unit.ts';

/** The limit of an alarm, which a value breaches if it is above, below or, with `orEqual`, equal. */
export interface Limit {
  readonly value: number;
  readonly breaches: 'above' | 'below';
  readonly orEqual?: true;
}

/** One metric over some time, and the limit past which it is harm. */
export interface Gauge {
  /** What is measured, in a few words. */
  readonly measures: string;
  /** Absent: no word of a meter fits it, as for a metric of an application. */
  readonly metric?: AlarmNow['metric'];
  readonly unit: Unit;
  readonly series: Series;
  /** Absent: unknown. */
  readonly limit?: Limit;
}

export function isPast(value: number, { value: limit, breaches, orEqual }: Limit): boolean {
  if (value === limit) return orEqual === true;
  return breaches === 'above' ? value > limit : value < limit;
}
