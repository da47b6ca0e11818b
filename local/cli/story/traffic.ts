import type { Served } from '@lastgood/embedded-aws/world/traffic.ts';
import type { Paint } from '../../../scripts/terminal/paint.ts';

/** The requests of one interval. */
export interface Cell {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly requests: number;
  /** Failed, or too slow. */
  readonly bad: number;
}

export interface Cells {
  readonly secondsEach: number;
  readonly cells: readonly Cell[];
}

/** Seconds that one column may stand for, so that minutes are easy to count. */
const INTERVALS = [5, 10, 15, 20, 30, 60, 120, 300, 600, 1800, 3600];
const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** Sums up traffic in as many intervals as fit the columns, the finest ones that do. Times are in milliseconds. */
export function cellsOf(history: readonly Served[], from: number, to: number, columns: number): Cells {
  const seconds = Math.max(1, (to - from) / 1000);
  const secondsEach = INTERVALS.find((each) => seconds / each <= columns) ?? Math.ceil(seconds / columns);
  // An interval that has just begun would look like a fall.
  const length = Math.max(1, Math.floor(seconds / secondsEach));
  const cells: Cell[] = Array.from({ length }, (_, place) => ({
    at: from + place * secondsEach * 1000,
    requests: 0,
    bad: 0,
  }));
  for (const { at, requests, errors, slow } of history) {
    const place = Math.floor((at.getTime() - from) / (secondsEach * 1000));
    const cell = cells[place];
    if (cell === undefined) continue;
    cells[place] = {
      at: cell.at,
      requests: cell.requests + requests,
      bad: cell.bad + errors + slow,
    };
  }
  return { secondsEach, cells };
}

/** Draws one bar a cell: the height is the share of requests that were served well, and red where some were not. */
export function servedBars({ cells }: Cells, paint: Paint): string {
  const most = mostIn(cells);
  return cells
    .map(({ requests, bad }) => {
      const bar = barOf(requests - bad, most);
      if (requests === 0) return ' ';
      return paint(isBad({ requests, bad }) ? 'bad' : 'good', bar);
    })
    .join('');
}

/** Draws one bar a cell where requests failed, and nothing where all went well. */
export function failedBars({ cells }: Cells, paint: Paint): string {
  const most = mostIn(cells);
  return cells
    .map((cell) => (isBad(cell) ? paint('bad', barOf(cell.bad, most)) : ' '))
    .join('')
    .trimEnd();
}

/** One bad request in a hundred is tolerated, as the traffic itself does. */
function isBad({ requests, bad }: Pick<Cell, 'requests' | 'bad'>): boolean {
  return bad > requests / 100;
}

function mostIn(cells: readonly Cell[]): number {
  return Math.max(1, ...cells.map(({ requests }) => requests));
}

function barOf(count: number, most: number): string {
  const height = Math.ceil((count / most) * BARS.length);
  return BARS[Math.min(BARS.length, Math.max(1, height)) - 1] ?? BARS[0];
}

/** One instant on the axis of time, and its letter. */
export interface Mark {
  readonly letter: string;
  readonly means: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Puts letters under the bars. Where two share a column, the later one moves to the right. */
export function marksUnder({ secondsEach, cells }: Cells, marks: readonly Mark[]): string {
  const from = cells[0]?.at ?? 0;
  const line = new Map<number, string>();
  for (const { letter, at } of marks.toSorted((one, other) => one.at - other.at)) {
    let place = Math.max(0, Math.floor((at - from) / (secondsEach * 1000)));
    while (line.has(place)) place += 1;
    line.set(place, letter);
  }
  const length = Math.max(-1, ...line.keys()) + 1;
  return Array.from({ length }, (_, place) => line.get(place) ?? ' ').join('');
}
