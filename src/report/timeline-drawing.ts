import { axisX, gridX, rect, ruleX, text, dot, type PlotOptions } from '@observablehq/plot';
import type { Instant } from '../rollback/request.ts';
import { after, isAfter, secondsBetween } from '../rollback/time.ts';
import { drawn, type Size } from './drawing.ts';
import { plain, type Markup } from './markup.ts';
import type { Span } from './spans.ts';
import { clockOf, lastedBetween } from './words.ts';

const ROW = { height: 42, label: 0.36, top: 0.56, bottom: 0.84 } as const;

/** Keeps the letters apart from what is drawn below them. */
const HALO = { stroke: 'var(--card)', strokeWidth: 4 } as const;

/** A release that began long before the harm would squeeze everything else: the time before is cut to half of the rest. */
const MAX_SHARE_BEFORE = 0.5;

interface Frame {
  readonly from: Instant;
  readonly to: Instant;
}

/** Draws the rows to scale. */
export function timelineDrawing(spans: readonly Span[]): Markup {
  const frame = frameOf(spans);
  const description = spans
    .map(
      (span) => `${span.what} at ${clockOf(span.from)}${tookOf(span) === '' ? '' : `, for ${tookOf(span)}`}`,
    )
    .join('; ');
  return drawn({ id: 'timeline', title: 'Timeline of the rollback, to scale', description }, (size, width) =>
    optionsFor(spans, frame, size, width),
  );
}

/** Returns how long a row lasted; empty for a moment. */
export function tookOf({ from, to, isOpen }: Span): string {
  if (to === undefined) return '';
  return isOpen === true ? `${lastedBetween(from, to)}, not over` : lastedBetween(from, to);
}

function frameOf(spans: readonly Span[]): Frame {
  const ends = spans.map(({ from, to }) => to ?? from).sort();
  const to = ends.at(-1) ?? '';
  const rest = spans
    .filter(({ tone }) => tone !== 'release')
    .map(({ from }) => from)
    .sort();
  const first = spans.map(({ from }) => from).sort()[0] ?? to;
  const begun = rest[0] ?? first;
  const earliest = after(begun, -Math.max(60, MAX_SHARE_BEFORE * secondsBetween(begun, to)));
  const from = isAfter(earliest, first) ? earliest : first;
  const margin = Math.max(5, secondsBetween(from, to) * 0.01);
  return { from: after(from, -margin), to: after(to, margin) };
}

function optionsFor(spans: readonly Span[], frame: Frame, size: Size, width: number): PlotOptions {
  const rows = spans.map((span, index) => ({ ...span, index, ...within(span, frame) }));
  const bars = rows.filter(({ to }) => to !== undefined);
  const moments = rows.filter(({ to }) => to === undefined);
  const tick = size === 'wide' || isShort(frame) ? 100 : 64;
  return {
    height: rows.length * ROW.height + 34,
    marginLeft: 2,
    marginRight: 2,
    marginTop: 0,
    marginBottom: 34,
    x: { type: 'utc', domain: [new Date(frame.from), new Date(frame.to)] },
    y: { domain: [rows.length, 0], axis: null },
    marks: [
      gridX({ className: 'grid', tickSpacing: tick }),
      axisX({ tickSpacing: tick, tickSize: 4, tickFormat: tickOf(frame), className: 'axis', label: null }),
      rect(bars, {
        x1: 'x1',
        x2: 'x2',
        y1: ({ index }: { index: number }) => index + ROW.top,
        y2: ({ index }: { index: number }) => index + ROW.bottom,
        fill: ({ tone }: Span) => `var(--${tone})`,
        rx: 2,
        className: 'bars',
      }),
      dot(moments, {
        x: 'x1',
        y: ({ index }: { index: number }) => index + (ROW.top + ROW.bottom) / 2,
        r: 5,
        fill: ({ tone }: Span) => `var(--${tone})`,
      }),
      ruleX(moments, {
        x: 'x1',
        y1: ({ index }: { index: number }) => index + ROW.top - 0.05,
        y2: ({ index }: { index: number }) => index + ROW.bottom + 0.05,
        stroke: ({ tone }: Span) => `var(--${tone})`,
      }),
      text(rows, {
        frameAnchor: 'left',
        textAnchor: 'start',
        y: ({ index }: { index: number }) => index + ROW.label,
        text: (span: Span) => shortened(span, width),
        ...HALO,
        className: 'label',
      }),
      text(rows, {
        frameAnchor: 'right',
        textAnchor: 'end',
        y: ({ index }: { index: number }) => index + ROW.label,
        text: sideOf,
        ...HALO,
        className: 'figure',
      }),
    ],
  };
}

/** Cuts a row at the left edge of the frame. */
function within({ from, to }: Span, frame: Frame): { readonly x1: Date; readonly x2: Date } {
  const start = isAfter(frame.from, from) ? frame.from : from;
  return { x1: new Date(start), x2: new Date(to ?? from) };
}

function sideOf(span: Span): string {
  const took = tookOf(span);
  return took === '' ? clockOf(span.from) : took;
}

/** Some 7 pixels a letter, beside the figure at the right. */
function shortened(span: Span, width: number): string {
  const what = plain(span.what);
  const room = Math.floor(width / 7) - sideOf(span).length - 2;
  return what.length <= room ? what : `${what.slice(0, Math.max(1, room - 1))}…`;
}

function isShort({ from, to }: Frame): boolean {
  return secondsBetween(from, to) < 240;
}

/** Ticks show seconds where the whole frame is short. */
function tickOf(frame: Frame): (at: Date) => string {
  const length = isShort(frame) ? 8 : 5;
  return (at) => clockOf(at.toISOString()).slice(0, length);
}
