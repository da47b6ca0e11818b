import type { Served } from '@lastgood/embedded-aws/world/traffic.ts';
import { wrapped, wrappedAfter, type Look } from '../../../scripts/terminal/row.ts';
import { tidy } from '../../../scripts/terminal/tidy.ts';
import { stretchesOf } from '../../versus/measure.ts';
import type { Result } from '../../scenarios/result.ts';
import { cellsOf, failedBars, marksUnder, servedBars, type Mark } from './traffic.ts';

/** The figures of a story that has ended. */
export interface Ended {
  readonly result: Result;
  readonly history: readonly Served[];
  /** ISO instant of the newest release; null without one. */
  readonly releasedAt: string | null;
  /** ISO instant at which health was proven; null where it was not. */
  readonly provenAt: string | null;
}

const NOTE = 'Seconds count from the first request that failed.';
const LABEL_COLUMNS = 24;
/** Milliseconds that are shown before the release. */
const BEFORE_MS = 60_000;

/** Formats the end of a story: the outcome, the traffic, the figures, and whether it ended as it must. */
export function summaryOf(ended: Ended, look: Look): readonly string[] {
  const { outcome, reason, rungs, passed, problems } = ended.result;
  const { badSince } = ended.result.recovery;
  const { paint, columns } = look;
  const tone =
    outcome === 'rolled-back' ? 'good' : outcome === 'skipped' || outcome === 'none' ? 'warn' : 'bad';
  return [
    '',
    ...wrapped(`${paint(tone, outcome)}: ${tidy(reason)}`, columns),
    ...chartOf(ended, look),
    '',
    ...[
      ...figuresOf(ended),
      ...rungs.map(({ name, ended: end }) => [`way back ${name}`, tidy(end)] as const),
    ].flatMap(([label, value]) => labelled(label, value, columns)),
    ...(badSince === null ? [] : wrapped(NOTE, columns - 2).map((line) => paint('dim', `  ${line}`))),
    ...problems.flatMap((problem) => labelled('PROBLEM', problem, columns)),
    passed ? paint('dim', 'It ended as it must.') : paint('bad', 'It did NOT end as it must.'),
  ];
}

function labelled(label: string, value: string, columns: number): readonly string[] {
  return wrappedAfter(`  ${label}`.padEnd(LABEL_COLUMNS + 2), value, columns);
}

/** Returns labels and values. Seconds count from the first bad request. */
export function figuresOf({ result, history, provenAt }: Ended): readonly (readonly [string, string])[] {
  const { badSince, alarmAt, firstMitigationAt, restoredAt } = result.recovery;
  if (badSince === null) return [['users hurt for', '0 s: they never noticed']];
  const after = (instant: string | null): string =>
    instant === null ? 'never' : `${secondsFrom(badSince, instant)} s`;
  const { requests, errors, slow } = countsOf(history, Date.parse(badSince));
  return [
    ['users hurt for', hurtOf(history, Date.parse(badSince), restoredAt)],
    ['requests failed', `${count(errors)} of ${count(requests)}`],
    ...(slow > 0 ? [['requests too slow', `${count(slow)} of ${count(requests)}`] as const] : []),
    ['alarm after', after(alarmAt)],
    ['first write after', after(firstMitigationAt)],
    ['restored after', after(restoredAt)],
    ['proven after', after(provenAt)],
  ];
}

function hurtOf(history: readonly Served[], since: number, restoredAt: string | null): string {
  const ended = (history.at(-1)?.at.getTime() ?? since) + 1000;
  const stretches = stretchesOf(history, since);
  const hurt = stretches.reduce((sum, { since, until }) => sum + ((until ?? ended) - since), 0);
  return `${Math.round(hurt / 1000)} s${restoredAt === null ? ', and hurt still' : ''}`;
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
function chartOf(
  { result, history, releasedAt, provenAt }: Ended,
  { columns, paint }: Look,
): readonly string[] {
  const { badSince, alarmAt, firstMitigationAt, restoredAt } = result.recovery;
  const begin = releasedAt ?? badSince;
  const end = history.at(-1)?.at.getTime();
  if (begin === null || end === undefined || badSince === null) return [];
  const cells = cellsOf(history, Date.parse(begin) - BEFORE_MS, end, columns - INDENT.length - 8);
  const marks = [
    markOf('R', 'release', releasedAt),
    markOf('A', 'alarm', alarmAt),
    markOf('W', 'first write', firstMitigationAt),
    markOf('S', 'served again', restoredAt),
    markOf('P', 'proven', provenAt),
  ].filter((mark) => mark !== null);
  const legend = marks.map(({ letter, means }) => `${letter} ${means}`).join('  ');
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
