/** An instant in milliseconds since the epoch. */
type Epoch = number;

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const LAST_YEAR = 2199;

/**
 * Returns the function that gives a schedule's next time, strictly after an instant; null for never. A rate counts from
 * the instant when its rule was created.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html Not modelled, and refused:
 * `L`, `W` and `#` in cron expressions.
 * @throws Error when the expression is invalid
 */
export function scheduleOf(expression: string): (after: Epoch) => Epoch | null {
  const [, kind, inner = ''] = /^(rate|cron)\((.+)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return rate(inner, expression);
  if (kind === 'cron') return cron(inner, expression);
  throw new Error(`${expression} is not a schedule`);
}

function rate(inner: string, expression: string): (after: Epoch) => Epoch {
  const [, count, unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(inner) ?? [];
  const interval = Number(count) * (UNIT_MS[unit] ?? NaN);
  if (!(interval > 0)) throw new Error(`${expression} is not a schedule`);
  return (after) => after + interval;
}

function cron(inner: string, expression: string): (after: Epoch) => Epoch | null {
  const fields = inner.trim().split(/\s+/);
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  if (fields.length !== 6) throw new Error(`${expression} must have six fields`);
  const within = {
    minutes: field(minute, 0, 59),
    hours: field(hour, 0, 23),
    days: field(dayOfMonth, 1, 31),
    months: field(month, 1, 12, MONTHS, 1),
    weekdays: field(dayOfWeek, 1, 7, DAYS, 1),
    years: field(year, 1970, LAST_YEAR),
  };
  const dayMatches = (date: Date): boolean =>
    within.days(date.getUTCDate()) &&
    within.months(date.getUTCMonth() + 1) &&
    within.weekdays(date.getUTCDay() + 1) &&
    within.years(date.getUTCFullYear());
  const timeMatches = (date: Date): boolean =>
    within.minutes(date.getUTCMinutes()) && within.hours(date.getUTCHours());
  return (after) => nextMatch(after, dayMatches, timeMatches);
}

function nextMatch(
  after: Epoch,
  dayMatches: (date: Date) => boolean,
  timeMatches: (date: Date) => boolean,
): Epoch | null {
  let instant = (Math.floor(after / 60_000) + 1) * 60_000;
  const end = Date.UTC(LAST_YEAR + 1, 0);
  while (instant < end) {
    const date = new Date(instant);
    if (!dayMatches(date))
      instant = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1);
    else if (timeMatches(date)) return instant;
    else instant += 60_000;
  }
  return null;
}

/** Compiles a field to a test: `*` or `?`, and lists of values, ranges and steps. */
function field(
  text: string,
  low: number,
  high: number,
  names: readonly string[] = [],
  first = 0,
): (value: number) => boolean {
  const number = (part: string): number => {
    const named = names.indexOf(part.toUpperCase());
    const value = named >= 0 ? named + first : /^\d+$/.test(part) ? Number(part) : NaN;
    if (!(value >= low && value <= high))
      throw new Error(`cron: ${text} must have values from ${low} to ${high}`);
    return value;
  };
  const tests = text.split(',').map((part) => {
    const [range = '', step] = part.split('/');
    const [from, to] = range === '*' || range === '?' ? [low, high] : range.split('-').map(number);
    const start = from ?? low;
    const last = to ?? (step === undefined ? start : high);
    const by = step === undefined ? 1 : number(step);
    return (value: number): boolean => value >= start && value <= last && (value - start) % by === 0;
  });
  return (value) => tests.some((test) => test(value));
}
