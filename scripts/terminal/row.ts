import wrapAnsi from 'wrap-ansi';
import type { Paint, Tone } from './paint.ts';

/** One line of a timeline, with what belongs below it. */
export interface Row {
  /** ISO instant, shown as a clock time in UTC. */
  readonly at: string;
  /** Seconds since the release, or null before one. Absent: the timeline counts from none. */
  readonly since?: number | null;
  /** Who acts, or which phase of a rollback it is. */
  readonly who: string;
  readonly says: string;
  /** Sentences below it, one a bullet. */
  readonly points?: readonly string[];
  /** Lines below it that are laid out already, such as a message. */
  readonly lines?: readonly string[];
  readonly tone?: Tone;
}

/** The width and colours of the terminal. */
export interface Look {
  readonly columns: number;
  readonly paint: Paint;
}

/** `CodeDeploy` */
const WHO_COLUMNS = 10;
/** `+14,632 s`, and a gap before it. */
const SINCE_COLUMNS = 10;
const CLOCK_COLUMNS = 8;
const GAP = '  ';

/** Formats a row as lines that fit the terminal. Long texts wrap under their own beginning. */
export function linesOf(row: Row, { columns, paint }: Look): readonly string[] {
  const { at, who, says, points = [], lines = [], tone = 'plain' } = row;
  const clock = paint('dim', at.slice(11, 19));
  const since = 'since' in row ? paint('dim', sinceOf(row.since ?? null)) : '';
  const indent = ' '.repeat(indentOf(row));
  const room = columns - indent.length;
  const [first = '', ...rest] = wrapped(says, room).map((line) => paint(tone, line));
  const head = `${clock}${since}${GAP}${paint(tone === 'dim' ? 'dim' : 'strong', who.padEnd(WHO_COLUMNS))}${GAP}${first}`;
  const below = [...rest, ...points.flatMap((point) => wrappedAfter('· ', point, room)), ...lines];
  return [head.trimEnd(), ...below.map((line) => (indent + line).trimEnd())];
}

/** Returns the columns before the text of a row. */
export function indentOf(row: Pick<Row, 'since'>): number {
  return CLOCK_COLUMNS + ('since' in row ? SINCE_COLUMNS : 0) + 2 * GAP.length + WHO_COLUMNS;
}

/** Returns the head of a timeline that counts from a release. */
export function headOf({ paint }: Look): string {
  return paint('dim', `${'UTC'.padEnd(CLOCK_COLUMNS)}${'after'.padStart(SINCE_COLUMNS)}${GAP}the release`);
}

/** Breaks a text into lines of at most so many columns. */
export function wrapped(text: string, columns: number): readonly string[] {
  return wrapAnsi(text, Math.max(1, columns), { hard: true }).split('\n');
}

/** Breaks a text into lines after a head. The lines that follow begin where the text does. */
export function wrappedAfter(head: string, text: string, columns: number): readonly string[] {
  const indent = ' '.repeat(head.length);
  return wrapped(text, columns - head.length).map((line, place) => (place === 0 ? head : indent) + line);
}

function sinceOf(since: number | null): string {
  return (since === null ? '' : `+${since.toLocaleString('en')} s`).padStart(SINCE_COLUMNS);
}
