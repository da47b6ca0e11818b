import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartDrawing } from '../../../src/report/chart-drawing.ts';
import type { Chart } from '../../../src/report/material.ts';
import type { Span } from '../../../src/report/span.ts';
import { timelineDrawing } from '../../../src/report/timeline-drawing.ts';
import { drawingsIn, numberIn, placeOf, type Drawn } from './drawn.ts';

const START = Date.parse('2026-11-22T02:00:00.000Z');
const instant = (seconds: number) => new Date(START + seconds * 1000).toISOString();

/** Pixels of half a label, as a browser draws 11 px letters. */
const halfOf = (label: string) => (label.length * 6.2) / 2;

function ticksIn({ all }: Drawn) {
  return all('.axis text[y="0.71em"]').map((label) => ({
    label: label.textContent,
    x: placeOf(label)[0],
  }));
}

/** Returns the marks that reach out of a drawing, and the labels of its axis that overlap, repeat or reach out. */
function faultsOf(drawn: Drawn): readonly string[] {
  const { width, all } = drawn;
  const ends = [
    ...all('rect').map((bar) => [numberIn(bar, 'x'), numberIn(bar, 'x') + numberIn(bar, 'width')]),
    ...all('circle').map((disc) => [
      numberIn(disc, 'cx') - numberIn(disc, 'r'),
      numberIn(disc, 'cx') + numberIn(disc, 'r'),
    ]),
    ...all('line').map((rule) => [numberIn(rule, 'x1'), numberIn(rule, 'x2')]),
  ].flat();
  const ticks = ticksIn(drawn);
  return [
    ...ends.filter((x) => Number.isNaN(x) || x < -0.01 || x > width + 0.01).map((x) => `a mark at ${x}`),
    ...ticks
      .filter(({ label, x }) => x - halfOf(label) < 0 || x + halfOf(label) > width)
      .map(({ label }) => `${label} reaches out`),
    ...ticks.flatMap(({ label, x }, index) => {
      const next = ticks[index + 1];
      return next !== undefined && x + halfOf(label) + 8 > next.x - halfOf(next.label)
        ? [`${label} runs into ${next.label}`]
        : [];
    }),
    ...ticks
      .filter(({ label }, index) => ticks.findIndex((one) => one.label === label) !== index)
      .map(({ label }) => `${label} twice`),
  ];
}

const TONES = ['release', 'harm', 'decide', 'write', 'proof'] as const;

/** Seconds from the start: of a rollback of seconds, and of one that waited for days. */
const seconds = fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 300_000 }));

const spans: fc.Arbitrary<readonly Span[]> = fc.array(
  fc
    .record({ from: seconds, lasts: fc.option(seconds), tone: fc.constantFrom(...TONES) })
    .map(({ from, lasts, tone }) => ({
      what: tone,
      from: instant(from),
      ...(lasts !== null && lasts > 0 && { to: instant(from + lasts) }),
      tone,
    })),
  { minLength: 1, maxLength: 8 },
);

describe('a timeline', () => {
  it('has no mark outside of its frame, and labels that can be read, for any times', () => {
    fc.assert(
      fc.property(spans, (all) => {
        const faults = drawingsIn(timelineDrawing(all)).flatMap(faultsOf);
        expect(faults).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('says when a row was that lies before its frame, and draws no mark for it', () => {
    const all: readonly Span[] = [
      { what: 'Deployment of web:2', from: instant(0), to: instant(94), tone: 'release' },
      { what: 'Rehearsal began', from: instant(900), tone: 'decide' },
      { what: 'Checked health', from: instant(990), to: instant(1300), tone: 'proof' },
    ];
    const [wide] = drawingsIn(timelineDrawing(all));
    expect(wide?.all('.bars rect')).toHaveLength(1);
    expect(wide?.all('.figure text').map(({ textContent }) => textContent)).toEqual([
      '02:00:00, 1 min 34 s',
      '02:15:00',
      '5 min 10 s',
    ]);
  });

  it('names half minutes with their seconds', () => {
    const all: readonly Span[] = [
      { what: 'Deployment of green', from: instant(0), to: instant(60), tone: 'release' },
      { what: 'Over its limit', from: instant(60), to: instant(261), tone: 'harm' },
    ];
    const [wide, narrow] = drawingsIn(timelineDrawing(all));
    expect(wide && ticksIn(wide).map(({ label }) => label)).toEqual(
      expect.arrayContaining(['02:00:30', '02:01:00', '02:01:30']),
    );
    expect(narrow && ticksIn(narrow).map(({ label }) => label)).toEqual(
      expect.arrayContaining(['02:01', '02:02', '02:03']),
    );
  });
});

function chartWith(values: Chart['lines'][number]['series']['values']): Chart {
  const series = { start: instant(0), periodSeconds: 60, values };
  return {
    title: 'Time to answer',
    measures: '95th percentile',
    unit: 'seconds',
    lines: [{ name: 'measured', role: 'all', series }],
  };
}

/** Returns the heights of the corners of an area. Its base line is below the frame. */
function areasIn({ all }: Drawn): readonly string[] {
  return all('.area path').flatMap((path) => (path.getAttribute('d') ?? '').split('M').slice(1));
}

describe('a chart', () => {
  const values = fc.array(fc.option(fc.integer({ min: 0, max: 50 })), { minLength: 2, maxLength: 240 });

  it('has no mark outside of its frame, and labels that can be read, for any values and marks', () => {
    fc.assert(
      fc.property(values, fc.array(seconds, { maxLength: 6 }), (some, at) => {
        fc.pre(some.some((value) => value !== null));
        const marks = at
          .toSorted((one, other) => one - other)
          .map((one, index) => ({
            number: index + 1,
            what: 'mark',
            at: instant(one),
          }));
        expect(drawingsIn(chartDrawing(chartWith(some), marks, 'id')).flatMap(faultsOf)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('draws a gap where a minute has no datapoint, inside and at both ends', () => {
    const [wide] = drawingsIn(chartDrawing(chartWith([null, 8, 8, null, 8, 8, 8, null]), [], 'id'));
    const areas = wide === undefined ? [] : areasIn(wide);
    expect(areas).toHaveLength(2);
    // Each minute has one corner at its value and one at the base.
    expect(areas.map((area) => area.split('L').length)).toEqual([4, 6]);
  });

  it('shows a minute between two gaps as a dot', () => {
    const [wide] = drawingsIn(chartDrawing(chartWith([8, null, 8, null, 8, 8]), [], 'id'));
    expect(wide?.all('circle')).toHaveLength(2);
  });

  it('names the limit beside the drawing, where it covers no line', () => {
    const chart = { ...chartWith([1, 9, 1]), limit: { value: 5, breaches: 'above' } } as const;
    const words = drawingsIn(chartDrawing(chart, [], 'id')).flatMap(({ all }) => all('text'));
    expect(words.map(({ textContent }) => textContent).join(' ')).not.toContain('limit');
  });
});
