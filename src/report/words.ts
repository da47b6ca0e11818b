import type { Instant } from '../rollback/request.ts';
import { secondsBetween } from '../rollback/time.ts';

/** Writes `02:14:56`, in UTC. */
export function clockOf(instant: Instant): string {
  return new Date(instant).toISOString().slice(11, 19);
}

/** Writes a clock time that is known to a period of so many seconds: `02:14`, or `02:14:50` below a minute. */
export function clockTo(instant: Instant, periodSeconds: number): string {
  return periodSeconds < 60 ? clockOf(instant) : clockOf(instant).slice(0, 5);
}

/** Writes two clock times, with the seconds where both are in one minute. */
export function clocksOf(from: Instant, to: Instant): readonly [string, string] {
  const exact = clockTo(from, 60) === clockTo(to, 60) ? 1 : 60;
  return [clockTo(from, exact), clockTo(to, exact)];
}

/** Writes `between 02:10 and 02:11`. */
export function betweenClocks(from: Instant, to: Instant): string {
  return `between ${clocksOf(from, to).join(' and ')}`;
}

/** Returns the name in an ARN, which is its last part. Any other text is unchanged. */
export function nameOf(arn: string): string {
  return arn.startsWith('arn:') ? arn.slice(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1) : arn;
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

/** Writes a sum of periods: `40 s`, `4 min` or `1 h 5 min`, and no seconds that it does not know. */
export function summed(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const parts = [
    hours > 0 && `${hours} h`,
    minutes > 0 && `${minutes} min`,
    hours === 0 && rest > 0 && `${rest} s`,
  ];
  return parts.filter((part) => part !== false).join(' ');
}

export function lastedBetween(from: Instant, to: Instant): string {
  return lasted(secondsBetween(from, to));
}
