import { ARM_NAMES } from './arms.ts';
import type { Measured } from './measure.ts';
import type { GoodResult, StoryResult, VersusResult } from './result.ts';

/** The columns of a story's table, in the order of the fields. */
const COLUMNS: Readonly<Record<keyof Measured, string>> = {
  badSeconds: 'seconds bad',
  badRequests: 'bad requests',
  firstSignal: 'first signal',
  alarm: 'alarm',
  firstWrite: 'first write',
  served: 'served',
};

const FIELDS = Object.keys(COLUMNS) as (keyof Measured)[];

/** Returns the results as tables for people, in Markdown. */
export function tablesOf({ stories, good }: VersusResult): string {
  return [...stories.map(storyTable), ...(good.length > 0 ? [goodTable(good)] : [])].join('\n\n');
}

function storyTable({ name, arms }: StoryResult): string {
  const head = [name, ...FIELDS.map((field) => COLUMNS[field])];
  return table([head, ...ARM_NAMES.map((arm) => [arm, ...FIELDS.map((field) => shown(arms[arm][field]))])]);
}

function goodTable(good: readonly GoodResult[]): string {
  const rows = good.map(({ noise, seeds, alarm, lookout }) => [noise, seeds, alarm, lookout].map(String));
  const total = (field: 'seeds' | 'alarm' | 'lookout') =>
    String(good.reduce((sum, one) => sum + one[field], 0));
  const sum = ['all', total('seeds'), total('alarm'), total('lookout')];
  return table([['good releases taken back', 'of', 'by the alarm', 'by the lookout'], ...rows, sum]);
}

function shown(value: number | null): string {
  return value === null ? '–' : value.toLocaleString('en-US');
}

/** Returns a table whose first row is its head, with columns as wide as they need. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), rule, ...body.map(line)].join('\n');
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
