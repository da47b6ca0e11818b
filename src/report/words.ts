import type { Instant } from '../rollback/request.ts';
import { secondsBetween } from '../rollback/time.ts';

/** Writes `02:14:56`, in UTC. */
export function clockOf(instant: Instant): string {
  return new Date(instant).toISOString().slice(11, 19);
}

/** Writes `2026-11-22`, in UTC. */
export function dayOf(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** Writes `2.7 s`, `48 s`, `7 min 13 s` or `2 h 5 min`. */
export function lasted(seconds: number): string {
  const whole = Math.round(seconds);
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)} s`;
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

export function lastedBetween(from: Instant, to: Instant): string {
  return lasted(secondsBetween(from, to));
}

/** Writes a number with at most three significant digits, and with groups of thousands. */
export function numberOf(value: number): string {
  return new Intl.NumberFormat('en', { maximumSignificantDigits: 3 }).format(value);
}

export type Unit = 'percent' | 'seconds' | 'number';

const UNITS: Readonly<Record<Unit, string>> = { percent: ' %', seconds: ' s', number: '' };

export function valueOf(value: number, unit: Unit): string {
  return `${numberOf(value)}${UNITS[unit]}`;
}
