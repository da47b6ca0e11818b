import type { Instant } from '../rollback/request.ts';

const TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Converts a time as AWS writes it (`…Z` in EventBridge, `…+0000` in alarm actions and SNS) to one form, to the
 * millisecond, so that one moment has one text. Returns null for anything else.
 */
export function toInstant(text: string): Instant | null {
  const [, moment, offset] = TIME.exec(text.replaceAll(/\s/g, '')) ?? [];
  if (moment === undefined || offset === undefined) return null;
  const time = new Date(moment + offset.replace(/^(...)(\d\d)$/, '$1:$2'));
  return Number.isNaN(time.getTime()) || !isInCalendar(moment) ? null : time.toISOString();
}

/** Says whether a moment exists. `Date` reads February 30 as March 2, and 24 o'clock as the next day. */
function isInCalendar(moment: string): boolean {
  const time = new Date(`${moment}Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 19) === moment.slice(0, 19);
}
