import {
  areaY,
  axisX,
  axisY,
  dot,
  gridY,
  lineY,
  ruleX,
  ruleY,
  text,
  type PlotOptions,
} from '@observablehq/plot';
import type { Instant } from '../rollback/request.ts';
import { after } from '../rollback/time.ts';
import { ticksOf } from './axis.ts';
import { drawn, type Size } from './drawing.ts';
import type { Chart, Line } from './material.ts';
import type { Markup } from './markup.ts';
import type { Mark } from './marks.ts';
import { valueOf } from '../rollback/unit.ts';
import { clockOf } from './words.ts';

const HEIGHT = { wide: 250, narrow: 210 } as const;

/** Pixels between two numbers of marks in one row. */
const APART = 20;
const MARK_ROW = 17;

const MARGINS = { marginLeft: 46, marginRight: 8, marginBottom: 28 } as const;

interface Point {
  readonly at: Date;
  readonly value: number | null;
}

/** Draws one metric, with the numbered marks above it. */
export function chartDrawing(chart: Chart, marks: readonly Mark[], id: string): Markup {
  return drawn({ id, title: chart.title, description: describe(chart) }, (size, width) =>
    optionsFor(chart, marks, size, width),
  );
}

/** Says the highest value of each line, and the limit. */
function describe({ lines, unit, limit, measures }: Chart): string {
  const said = lines.map(({ name, series }) => {
    const values = series.values.filter((value) => value !== null);
    const most = Math.max(...values);
    const at = series.values.indexOf(most);
    return `${name}: at most ${valueOf(most, unit)}, at ${clockOf(instantOf(series, at))}`;
  });
  const limits = limit === undefined ? [] : [`limit ${valueOf(limit.value, unit)}`];
  return [measures, ...said, ...limits].join('; ');
}

export function instantOf({ start, periodSeconds }: Line['series'], index: number): Instant {
  return after(start, index * periodSeconds);
}

export function pointsOf({ series }: Line): readonly Point[] {
  return series.values.map((value, index) => ({ at: new Date(instantOf(series, index)), value }));
}

function optionsFor(chart: Chart, marks: readonly Mark[], size: Size, width: number): PlotOptions {
  const { lines, unit, limit } = chart;
  const all = lines.flatMap(pointsOf);
  const domain = domainOf(all, marks);
  const most = Math.max(limit?.value ?? 0, ...all.map(({ value }) => value ?? 0));
  const [from, to] = domain;
  const inner = width - MARGINS.marginLeft - MARGINS.marginRight;
  const pixels = (at: Instant) => ((Date.parse(at) - from) / (to - from)) * inner;
  const room = { width: inner, left: 18, right: MARGINS.marginRight };
  const ticks = ticksOf({ from, to }, room);
  const labels = new Map(ticks.map(({ at, label }) => [at.getTime(), label]));
  const placed = inRows(
    marks.filter(({ at }) => Date.parse(at) >= from && Date.parse(at) <= to),
    pixels,
  );
  const rows = Math.max(1, ...placed.map(({ row }) => row + 1));
  return {
    ...MARGINS,
    marginTop: rows * MARK_ROW + 8,
    height: HEIGHT[size] + rows * MARK_ROW,
    x: { type: 'utc', domain: domain.map((at) => new Date(at)) },
    y: { domain: [0, most === 0 ? 1 : most * 1.08], nice: false },
    marks: [
      gridY({ className: 'grid', ticks: 4 }),
      axisY({
        ticks: 4,
        tickSize: 0,
        className: 'axis',
        label: null,
        tickFormat: (value: number) => valueOf(value, unit),
      }),
      axisX(
        ticks.map(({ at }) => at),
        {
          tickSize: 4,
          className: 'axis',
          label: null,
          tickFormat: (at: Date) => labels.get(at.getTime()) ?? '',
        },
      ),
      ruleX(placed, { x: ({ at }: Mark) => new Date(at), stroke: 'var(--mark)', strokeDasharray: '2 3' }),
      ...(limit === undefined
        ? []
        : [ruleY([limit.value], { stroke: 'var(--limit)', strokeDasharray: '6 3', strokeWidth: 1.5 })]),
      ...lines.flatMap((line) => lineMarks(line, chart)),
      ...numbers(placed),
    ],
  };
}

/** CloudWatch shows a minute when it is over: the last marks may come after the last value. */
const AFTER_MS = 5 * 60_000;

function domainOf(points: readonly Point[], marks: readonly Mark[]): readonly [number, number] {
  const instants = points.map(({ at }) => at.getTime());
  const [from, to] = [Math.min(...instants), Math.max(...instants)];
  const later = marks.map(({ at }) => Date.parse(at)).filter((at) => at > to && at < to + AFTER_MS);
  return [from, Math.max(to, ...later)];
}

/**
 * The metric of an alarm did hurt. Another one of the whole target may not have. A minute without a datapoint is a gap,
 * and one between two gaps is a dot.
 */
function lineMarks(line: Line, { lines, limit }: Chart) {
  const points = pointsOf(line);
  const stroke = limit === undefined ? `var(--line-${line.role})` : 'var(--harm)';
  return [
    // With `y` alone Plot would stack the areas, and count what is missing as zero.
    ...(lines.length === 1
      ? [areaY(points, { x: 'at', y1: 0, y2: 'value', fill: stroke, fillOpacity: 0.12, className: 'area' })]
      : []),
    lineY(points, {
      x: 'at',
      y: 'value',
      stroke,
      strokeWidth: 2,
      ...(line.role === 'old' && { strokeDasharray: '5 3' }),
    }),
    dot(points.filter(isAlone), { x: 'at', y: 'value', r: 2, fill: stroke }),
  ];
}

function isAlone({ value }: Point, index: number, all: readonly Point[]): boolean {
  const isGap = (at: number) => (all[at]?.value ?? null) === null;
  return value !== null && isGap(index - 1) && isGap(index + 1);
}

type Placed = Mark & { readonly row: number };

/** Moves a number down a row where it would cover the one before it. */
function inRows(marks: readonly Mark[], pixels: (at: Instant) => number): readonly Placed[] {
  const ends: number[] = [];
  return marks.map((mark) => {
    const x = pixels(mark.at);
    const free = ends.findIndex((end) => x - end >= APART);
    const row = free === -1 ? ends.length : free;
    ends[row] = x;
    return { ...mark, row };
  });
}

/** Numbers in discs above the frame, each row with an offset of its own. */
function numbers(placed: readonly Placed[]) {
  const rows = [...new Set(placed.map(({ row }) => row))];
  return rows.flatMap((row) => {
    const inRow = placed.filter((mark) => mark.row === row);
    const dy = -(row * MARK_ROW + 10);
    const place = { x: ({ at }: Mark) => new Date(at), frameAnchor: 'top', dy } as const;
    return [
      dot(inRow, { ...place, r: 8, fill: 'var(--mark)' }),
      text(inRow, {
        ...place,
        text: ({ number }: Mark) => String(number),
        lineAnchor: 'middle',
        className: 'number',
      }),
    ];
  });
}
