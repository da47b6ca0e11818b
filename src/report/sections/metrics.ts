import { chartDrawing, instantOf } from '../chart-drawing.ts';
import type { Chart, Line } from '../material.ts';
import { html, type Markup } from '../markup.ts';
import type { Mark } from '../marks.ts';
import { valueOf } from '../../rollback/unit.ts';
import { clockOf } from '../words.ts';
import { section, tableOf } from './section.ts';

const ROLES = { all: '', new: 'the release: ', old: 'before it: ' } as const;

/** Shows the metrics, first the one that hurt, the release beside the revision before it where both are known, and the marks. */
export function metricsSection(
  charts: readonly Chart[],
  marks: readonly Mark[],
  hasHurt: boolean,
): Markup | null {
  const known = charts.filter(({ lines }) => lines.some(({ series }) => series.values.some(isKnown)));
  if (known.length === 0) return null;
  return section(
    hasHurt ? 'The metric that hurt' : 'Metrics',
    html`<ol class="marks">
        ${marks.map(
          ({ what, at, says }) => html`<li>${what} <time datetime="${at}">${says ?? clockOf(at)}</time></li>`,
        )}
      </ol>
      ${known.map((chart, index) => chartOf(chart, marks, `chart-${index}`))}`,
  );
}

function isKnown(value: number | null): boolean {
  return value !== null;
}

function chartOf(chart: Chart, marks: readonly Mark[], id: string): Markup {
  const { title, measures } = chart;
  return html`<figure>
    <figcaption>
      <strong>${title}</strong> <span>${measures}</span>
      ${legendOf(chart)}
    </figcaption>
    ${chartDrawing(chart, marks, id)}
    <details>
      <summary>The values as a table</summary>
      ${valuesOf(chart)}
    </details>
  </figure>`;
}

/** Names the lines where there are several, and the limit. In the drawing the limit's words would cover the line. */
function legendOf({ lines, limit, unit }: Chart): Markup | null {
  const named = lines.length < 2 ? [] : lines;
  const says = [
    ...named.map(({ name, role }) => html`<span class="${role}">${ROLES[role]}${name}</span>`),
    ...(limit === undefined ? [] : [html`<span class="limit">limit ${valueOf(limit.value, unit)}</span>`]),
  ];
  return says.length === 0 ? null : html`<span class="legend">${says}</span>`;
}

/** One row a datapoint, where any line has one. */
function valuesOf({ title, lines, unit }: Chart): Markup {
  const instants = [
    ...new Set(lines.flatMap(({ series }) => series.values.map((_, index) => instantOf(series, index)))),
  ].sort();
  const rows = instants
    .map((at) => [at, lines.map((line) => valueAt(line, at))] as const)
    .filter(([, values]) => values.some(isKnown))
    .map(([at, values]) => [
      clockOf(at).slice(0, 5),
      ...values.map((value) => (value === null ? '–' : valueOf(value, unit))),
    ]);
  return tableOf(`${title}, by the minute in UTC`, ['at', ...lines.map(({ name }) => name)], rows);
}

function valueAt({ series }: Line, at: string): number | null {
  const index = (Date.parse(at) - Date.parse(series.start)) / (series.periodSeconds * 1000);
  return series.values[index] ?? null;
}
