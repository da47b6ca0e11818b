export type StateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
export type MissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

export interface Rules {
  /** N: the number of datapoints evaluated. */
  readonly evaluationPeriods: number;
  /** M: the number of breaching datapoints among them that raises the alarm. */
  readonly datapointsToAlarm: number;
  readonly missing: MissingData;
}

/** The newest periods of the evaluation range, oldest first: breaching, not breaching, or no data (null). */
export type Range = readonly (boolean | null)[];

/**
 * Periods read beyond N, in case some have no data. The page gives one example, 5 periods for N = 3. It says that the
 * number depends on period and resolution; two is assumed for all.
 */
export const EXTRA_PERIODS = 2;

/**
 * Returns the state that follows from the data; null if the alarm keeps its state.
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
 * Returns the state if missing data stay missing and fewer than M breach. If all data breach and the oldest is at least
 * M periods old, the alarm fires, as if the gaps breached. If it is younger, the page names no state, so the alarm
 * keeps its own.
 */
function withoutFilling(range: Range, datapointsToAlarm: number): StateValue | null {
  if (range.includes(false)) return 'OK';
  const oldest = range.indexOf(true);
  if (oldest < 0) return 'INSUFFICIENT_DATA';
  return range.length - oldest >= datapointsToAlarm ? 'ALARM' : null;
}
