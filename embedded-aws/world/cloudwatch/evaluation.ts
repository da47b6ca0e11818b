export type StateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
export type MissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

export interface Rules {
  /** N: datapoints needed to decide. */
  readonly evaluationPeriods: number;
  /** M: breaching datapoints among them that make an alarm. */
  readonly datapointsToAlarm: number;
  readonly missing: MissingData;
}

/** The newest periods of the evaluation range, oldest first: breaching, not breaching, or no data (null). */
export type Range = readonly (boolean | null)[];

/**
 * Periods looked at beyond N, in case some have no data. The page gives one example, 5 periods for N = 3, and says that
 * the number depends on period and resolution without giving it: two more is assumed for all.
 */
export const EXTRA_PERIODS = 2;

/**
 * The state that follows from the data; null: the alarm keeps the state it has.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function stateOf(
  range: Range,
  { evaluationPeriods, datapointsToAlarm, missing }: Rules,
): StateValue | null {
  const real = range.filter((point) => point !== null);
  const recent = real.slice(-evaluationPeriods);
  const breaching = recent.filter(Boolean).length;
  const toFill = evaluationPeriods - recent.length;
  if (breaching >= datapointsToAlarm) return 'ALARM';
  if (toFill === 0) return 'OK';
  switch (missing) {
    case 'breaching':
      return breaching + toFill >= datapointsToAlarm ? 'ALARM' : 'OK';
    case 'notBreaching':
      return 'OK';
    case 'ignore':
      return real.includes(false) ? 'OK' : null;
    case 'missing':
      return withoutFilling(range, datapointsToAlarm);
  }
}

/**
 * Missing treated as missing, fewer than M breaching. All data breaching, and the oldest at least M periods old: an
 * alarm, as if the gaps were breaching. Younger: not yet an alarm; which state it is instead the page does not say, so
 * it stays what it was.
 */
function withoutFilling(range: Range, datapointsToAlarm: number): StateValue | null {
  if (range.includes(false)) return 'OK';
  const oldest = range.indexOf(true);
  if (oldest < 0) return 'INSUFFICIENT_DATA';
  return range.length - oldest >= datapointsToAlarm ? 'ALARM' : null;
}
