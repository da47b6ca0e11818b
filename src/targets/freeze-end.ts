import type { Instant } from '../rollback/request.ts';
import { after, isAfter } from '../rollback/time.ts';
import { toInstant } from './instant.ts';

/** When a person wants a freeze to end: at a time, or so many seconds from now. */
export type FreezeEnd = { readonly at: Instant } | { readonly inSeconds: number };

/** What `readFreezeEnd` reads, for messages. */
export const FREEZE_ENDS = 'a time such as 2026-11-22T06:00Z, or a duration such as 90m, 2h or 3d';

const SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400, w: 604_800 };

/** A number and its unit, which people write in many ways: `90m`, `2 hours`, `1d`. */
const PART = /(\d{1,4}) ?(?:(w)(?:eeks?)?|(d)(?:ays?)?|(h)(?:ours?|rs?)?|(m)(?:in(?:ute)?s?)?)(?![a-z])/gi;

/** Reads a time, to the minute or to the second, or a duration such as `2h` or `2h 30m`. Null: it is neither. */
export function readFreezeEnd(text: string): FreezeEnd | null {
  const parts = [...text.matchAll(PART)];
  if (parts.length > 0 && text.replaceAll(PART, '').trim() === '')
    return { inSeconds: parts.reduce(added, 0) };
  const at = toInstant(withSeconds(text));
  return at === null ? null : { at };
}

function added(seconds: number, [, number, ...units]: RegExpExecArray): number {
  const unit = units.find((one) => one) ?? '';
  return seconds + Number(number) * (SECONDS[unit.toLowerCase()] ?? 0);
}

/** Returns the time; null: it is over. */
export function endOfFreeze(end: FreezeEnd, now: Instant): Instant | null {
  const at = 'at' in end ? end.at : after(now, end.inSeconds);
  return isAfter(at, now) ? at : null;
}

/** People write times to the minute. */
function withSeconds(text: string): string {
  return text.replace(/^(\S+T\d\d:\d\d)(Z|[+-]\d\d:?\d\d)$/i, '$1:00$2');
}
