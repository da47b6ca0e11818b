export type Unit = 'percent' | 'seconds' | 'number';

const THREE_DIGITS = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

const UNITS: Readonly<Record<Unit, string>> = { percent: ' %', seconds: ' s', number: '' };

/** Writes a value with at most three significant digits, with groups of thousands, and with its unit. */
export function valueOf(value: number, unit: Unit): string {
  return `${THREE_DIGITS.format(value)}${UNITS[unit]}`;
}
