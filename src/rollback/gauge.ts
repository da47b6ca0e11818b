import type { AlarmNow, Series } from './facts.ts';

export type Unit = 'percent' | 'seconds' | 'number';

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

const THREE_DIGITS = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

const UNITS: Readonly<Record<Unit, string>> = { percent: ' %', seconds: ' s', number: '' };

/** Writes a value with at most three significant digits, with groups of thousands, and with its unit. */
export function valueOf(value: number, unit: Unit): string {
  return `${THREE_DIGITS.format(value)}${UNITS[unit]}`;
}
