import type { Instant } from '../rollback/request.ts';

const TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(Z|[+-]\d{2}:?\d{2})$/;

const UTC = /^(?:Z|[+-]00:?00)$/;

/**
 * Converts a time as AWS writes it (`…Z` in EventBridge, `…+0000` in alarm actions and SNS) to one form, to the
 * millisecond, so that one moment has one text. Returns null for anything else.
 */
export function toInstant(text: string): Instant | null {
  const [, moment, offset] = TIME.exec(text.replaceAll(/\s/g, '')) ?? [];
  if (moment === undefined || offset === undefined) return null;
  const inUtc = isoOf(`${moment}Z`);
  // `Date` reads February 30 as March 2, and 24 o'clock as the next day: such a moment does not exist.
  if (inUtc?.slice(0, 19) !== moment.slice(0, 19)) return null;
  return UTC.test(offset) ? inUtc : isoOf(moment + offset.replace(/^(...)(\d\d)$/, '$1:$2'));
}

function isoOf(text: string): Instant | null {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
