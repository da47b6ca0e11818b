import type { Served } from '@lastgood/embedded-aws/world/traffic.ts';
import { wrapped, wrappedAfter, type Look } from '../../../scripts/terminal/row.ts';
import { tidy } from '../../../scripts/terminal/tidy.ts';
import { stretchesOf } from '../../versus/measure.ts';
import type { Result } from '../../scenarios/result.ts';
import { withNames } from './mrkdwn.ts';
import type { Release } from './rows.ts';
import { cellsOf, failedBars, marksUnder, servedBars, type Mark } from './traffic.ts';

/** The figures of a story that has ended. */
export interface Ended {
  readonly result: Result;
  readonly history: readonly Served[];
  /** In the order of time. */
  readonly releases: readonly Release[];
  /** ISO instants at which health was proven, in the order of time. */
  readonly provenAt: readonly string[];
}

const NOTE = 'Seconds count from the first request that failed.';
const LABEL_COLUMNS = 24;
/** Milliseconds that are shown before the release. */
const BEFORE_MS = 60_000;

/** Formats the end of a story: the outcome, the traffic, the figures, and whether it ended as it must. */
export function summaryOf(ended: Ended, look: Look): readonly string[] {
  const { rungs, passed, problems } = ended.result;
  const { badSince } = ended.result.recovery;
  const { paint, columns } = look;
  return [
    '',
    ...outcomesOf(ended.result, look),
    ...chartOf(ended, look),
    '',
    ...[
      ...figuresOf(ended),
      ...rungs.map(({ name, ended: end }) => [`way back ${name}`, tidy(end)] as const),
    ].flatMap(([label, value]) => labelled(label, value, columns)),
    ...(badSince === null ? [] : wrapped(NOTE, columns - 2).map((line) => paint('dim', `  ${line}`))),
    ...problems.flatMap((problem) => labelled('PROBLEM', tidy(problem), columns)),
    passed ? paint('dim', 'It ended as it must.') : paint('bad', 'It did NOT end as it must.'),
  ];
}

/** Returns how each rollback of the target ended that was planned: the last one says what runs. */
function outcomesOf({ outcome, reason, ends }: Result, { paint, columns }: Look): readonly string[] {
  const all = ends.length === 0 ? [{ outcome, reason }] : ends;
  return all.flatMap((end) => {
    const tone = end.outcome === 'rolled-back' ? 'good' : UNDONE.includes(end.outcome) ? 'warn' : 'bad';
    return wrapped(`${paint(tone, end.outcome)}: ${tidy(withNames(end.reason))}`, columns);
  });
}

/** Nothing was done, on purpose. */
const UNDONE: readonly string[] = ['skipped', 'none'];

function labelled(label: string, value: string, columns: number): readonly string[] {
  return wrappedAfter(`${`  ${label}`.padEnd(LABEL_COLUMNS + 1)} `, value, columns);
}

/** Returns labels and values. Seconds count from the first bad request. */
export function figuresOf(ended: Ended): readonly (readonly [string, string])[] {
  const { result, history } = ended;
  const { badSince, restoredAt } = result.recovery;
  if (badSince === null) return [['users hurt for', '0 s: they never noticed']];
  const { alarmAt, firstMitigationAt } = result.recovery;
  const proven = stepsOf(ended, badSince).provenAt ?? ended.provenAt[0] ?? null;
  const after = (instant: string | null): string => {
    if (instant === null) return 'never';
    const seconds = secondsFrom(badSince, instant);
    return seconds < 0 ? 'none since; one before it' : `${count(seconds)} s`;
  };
  const { requests, errors, slow } = countsOf(history, Date.parse(badSince));
  return [
    ['users hurt for', hurtOf(history, Date.parse(badSince), restoredAt)],
    ['requests failed', `${count(errors)} of ${count(requests)}`],
    ...(slow > 0 ? [['requests too slow', `${count(slow)} of ${count(requests)}`] as const] : []),
    ['alarm after', after(alarmAt)],
    ['first write after', after(firstMitigationAt)],
    ['restored after', after(restoredAt)],
    ['proven after', after(proven)],
  ];
}

/**
 * Returns the steps that answered the harm, which are those since it began. A story may have an earlier rollback: a
 * rehearsal, or one of another harm.
 */
function stepsOf({ result, provenAt }: Ended, badSince: string) {
  const { alarmAt, firstMitigationAt } = result.recovery;
  const since = (at: string | null | undefined) =>
    at !== null && at !== undefined && Date.parse(at) >= Date.parse(badSince) ? at : null;
  return {
    alarmAt: since(alarmAt),
    firstMitigationAt: since(firstMitigationAt),
    provenAt: since(provenAt.find((at) => since(at) !== null)),
  };
}

function hurtOf(history: readonly Served[], since: number, restoredAt: string | null): string {
  const ended = (history.at(-1)?.at.getTime() ?? since) + 1000;
  const stretches = stretchesOf(history, since);
  const hurt = stretches.reduce((sum, { since, until }) => sum + ((until ?? ended) - since), 0);
  return `${count(Math.round(hurt / 1000))} s${restoredAt === null ? ', and hurt still' : ''}`;
}

function countsOf(history: readonly Served[], since: number) {
  const counts = { requests: 0, errors: 0, slow: 0 };
  for (const { at, requests, errors, slow } of history) {
    if (at.getTime() < since) continue;
    counts.requests += requests;
    counts.errors += errors;
    counts.slow += slow;
  }
  return counts;
}

/** Draws the traffic from a minute before the release to the end, with the steps of the story below it. */
function chartOf(ended: Ended, { columns, paint }: Look): readonly string[] {
  const { result, history, releases } = ended;
  const { badSince, restoredAt } = result.recovery;
  const end = history.at(-1)?.at.getTime();
  if (end === undefined || badSince === null) return [];
  const releasedAt = releaseBefore(badSince, releases);
  const { alarmAt, firstMitigationAt, provenAt } = stepsOf(ended, badSince);
  const begin = releasedAt ?? badSince;
  const cells = cellsOf(history, Date.parse(begin) - BEFORE_MS, end, columns - INDENT.length - 8);
  const marks = [
    markOf('R', 'release', releasedAt),
    ...releases.filter(({ isChange }) => isChange).map(({ at }) => markOf('C', 'another change', at)),
    markOf('A', 'alarm', alarmAt),
    markOf('W', 'first write', firstMitigationAt),
    markOf('S', 'served again', restoredAt),
    markOf('P', 'proven', provenAt),
  ]
    .filter((mark) => mark !== null)
    .toSorted((one, other) => one.at - other.at);
  const legend = [...new Set(marks.map(({ letter, means }) => `${letter} ${means}`))].join('  ');
  return [
    '',
    `  served  ${servedBars(cells, paint)}`,
    `  failed  ${failedBars(cells, paint)}`.trimEnd(),
    `${INDENT}${paint('strong', marksUnder(cells, marks))}`,
    ...wrapped(`${legend}  (one column: ${cells.secondsEach} s)`, columns - INDENT.length).map((line) =>
      paint('dim', INDENT + line),
    ),
  ];
}

/** Returns the newest release that the harm may come from. Harm is dated by whole seconds. */
function releaseBefore(badSince: string, releases: readonly Release[]): string | null {
  const earlier = releases.filter(
    ({ at, isChange }) => !isChange && Date.parse(at) <= Date.parse(badSince) + 1000,
  );
  return earlier.at(-1)?.at ?? null;
}

const INDENT = ' '.repeat(10);

function markOf(letter: string, means: string, at: string | null): Mark | null {
  return at === null ? null : { letter, means, at: Date.parse(at) };
}

function secondsFrom(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 1000);
}

function count(number: number): string {
  return number.toLocaleString('en');
}
