import { axisX, gridX, rect, ruleX, text, dot, type PlotOptions } from '@observablehq/plot';
import { ticksOf, type Stretch } from './axis.ts';
import { drawn } from './drawing.ts';
import { plain, type Markup } from './markup.ts';
import type { Span } from './span.ts';
import { clockOf, lastedBetween } from './words.ts';

const ROW = { height: 42, label: 0.36, top: 0.56, bottom: 0.84 } as const;

/** Pixels beside the axis: a dot at its end has room. */
const MARGIN = 6;

/** Pixels of the shortest bar. */
const MIN_BAR = 2;

/** Keeps the letters apart from what is drawn below them. */
const HALO = { stroke: 'var(--card)', strokeWidth: 4 } as const;

/** A release that began long before the harm would squeeze everything else: the time before is cut to half of the rest. */
const MAX_SHARE_BEFORE = 0.5;

/** A row as it is drawn. A span that lies before the frame has no mark. */
interface Row extends Span {
  readonly index: number;
  readonly bars: readonly Bar[];
  readonly moment: Date | null;
}

interface Bar extends Pick<Span, 'tone'> {
  readonly index: number;
  readonly x1: Date;
  readonly x2: Date;
}

/** Draws the rows to scale. */
export function timelineDrawing(spans: readonly Span[]): Markup {
  const frame = frameOf(spans);
  const description = spans
    .map((span) => [...new Set([span.what, beganAt(span), tookOf(span)])].filter(Boolean).join(', '))
    .join('; ');
  return drawn({ id: 'timeline', title: 'Timeline of the rollback, to scale', description }, (_, width) =>
    optionsFor(
      spans.map((span, index) => rowOf(span, index, frame, width)),
      frame,
      width,
    ),
  );
}

/** Returns how long a row lasted; empty for a moment. */
export function tookOf({ from, to, isOpen, says }: Span): string {
  if (says?.took !== undefined) return says.took;
  if (to === undefined) return '';
  return isOpen === true ? `${lastedBetween(from, to)}, not over` : lastedBetween(from, to);
}

/** Returns when a row began. */
export function beganAt({ from, says }: Span): string {
  return says?.from ?? clockOf(from);
}

/** Returns the time that is drawn: all of it, but for what is long before everything else. */
function frameOf(spans: readonly Span[]): Stretch {
  const to = Math.max(...spans.map(({ from, to = from }) => Date.parse(to)));
  const begins = (some: readonly Span[]) => Math.min(...some.map(({ from }) => Date.parse(from)));
  const first = begins(spans);
  const rest = spans.filter(({ tone }) => tone !== 'release');
  const begun = rest.length === 0 ? first : begins(rest);
  const earliest = begun - Math.max(60_000, MAX_SHARE_BEFORE * (to - begun));
  const from = Math.max(earliest, first);
  const margin = Math.max(5_000, (to - from) * 0.01);
  return { from: from - margin, to: to + margin };
}

function rowOf(span: Span, index: number, frame: Stretch, width: number): Row {
  const { from, to, parts = to === undefined ? [] : [{ from, to }], tone } = span;
  const least = ((frame.to - frame.from) * MIN_BAR) / width;
  const bars = parts
    .map((part) => [Date.parse(part.from), Date.parse(part.to)] as const)
    .filter(([, end]) => end >= frame.from)
    .map(([begin, end]) => barOf(begin, end, frame, least));
  const isMoment = to === undefined && Date.parse(from) >= frame.from;
  return {
    ...span,
    index,
    bars: bars.map((bar) => ({ ...bar, index, tone })),
    moment: isMoment ? new Date(from) : null,
  };
}

/** Cuts a bar at the left edge of the frame, and widens it to what can be seen. */
function barOf(begin: number, end: number, frame: Stretch, least: number): Pick<Bar, 'x1' | 'x2'> {
  const x1 = Math.min(Math.max(begin, frame.from), frame.to - least);
  return { x1: new Date(x1), x2: new Date(Math.max(end, x1 + least)) };
}

function optionsFor(rows: readonly Row[], frame: Stretch, width: number): PlotOptions {
  const ticks = ticksOf(frame, { width: width - 2 * MARGIN, left: MARGIN, right: MARGIN });
  const labels = new Map(ticks.map(({ at, label }) => [at.getTime(), label]));
  const instants = ticks.map(({ at }) => at);
  return {
    height: rows.length * ROW.height + 34,
    marginLeft: MARGIN,
    marginRight: MARGIN,
    marginTop: 0,
    marginBottom: 34,
    x: { type: 'utc', domain: [new Date(frame.from), new Date(frame.to)] },
    y: { domain: [rows.length, 0], axis: null },
    marks: [
      gridX(instants, { className: 'grid' }),
      axisX(instants, {
        tickSize: 4,
        tickFormat: (at: Date) => labels.get(at.getTime()) ?? '',
        className: 'axis',
        label: null,
      }),
      ...marksOf(rows),
      ...wordsOf(rows, width),
    ],
  };
}

function marksOf(rows: readonly Row[]) {
  const bars = rows.flatMap((row) => row.bars);
  const moments = rows.filter(({ moment }) => moment !== null);
  const fill = ({ tone }: Pick<Span, 'tone'>) => `var(--${tone})`;
  return [
    rect(bars, {
      x1: 'x1',
      x2: 'x2',
      y1: ({ index }: Bar) => index + ROW.top,
      y2: ({ index }: Bar) => index + ROW.bottom,
      fill,
      rx: 2,
      className: 'bars',
    }),
    dot(moments, {
      x: 'moment',
      y: ({ index }: Row) => index + (ROW.top + ROW.bottom) / 2,
      r: 5,
      fill,
    }),
    ruleX(moments, {
      x: 'moment',
      y1: ({ index }: Row) => index + ROW.top - 0.05,
      y2: ({ index }: Row) => index + ROW.bottom + 0.05,
      stroke: fill,
    }),
  ];
}

function wordsOf(rows: readonly Row[], width: number) {
  const y = ({ index }: Row) => index + ROW.label;
  return [
    text(rows, {
      frameAnchor: 'left',
      textAnchor: 'start',
      y,
      text: (row: Row) => shortened(row, width),
      ...HALO,
      className: 'label',
    }),
    text(rows, { frameAnchor: 'right', textAnchor: 'end', y, text: sideOf, ...HALO, className: 'figure' }),
  ];
}

/** The figure at the right. A row without a mark says when it was. */
function sideOf(row: Row): string {
  const took = tookOf(row);
  if (row.says?.figure !== undefined) return row.says.figure;
  if (took === '') return clockOf(row.from);
  const isShown = row.bars.length > 0 || row.moment !== null;
  return isShown ? took : `${beganAt(row)}, ${took}`;
}

/** Pixels of a letter of a label, and of a figure, in a wide font. */
const LETTER = { label: 8, figure: 7 } as const;

/** Cuts a label before the figure at the right. */
function shortened(row: Row, width: number): string {
  const what = plain(row.what);
  const beside = sideOf(row).length * LETTER.figure + 2 * MARGIN + LETTER.label;
  const room = Math.floor((width - beside) / LETTER.label);
  return what.length <= room ? what : `${what.slice(0, Math.max(1, room - 1))}…`;
}
