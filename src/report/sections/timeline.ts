import { html, type Markup } from '../markup.ts';
import type { Span } from '../span.ts';
import { beganAt, timelineDrawing, tookOf } from '../timeline-drawing.ts';
import { clockOf, dayOf } from '../words.ts';
import { section, tableOf } from './section.ts';

/** Shows the course of the rollback to scale, and as a table. */
export function timelineSection(spans: readonly Span[]): Markup | null {
  if (spans.length === 0) return null;
  const rows = spans.map((span) => [
    span.what,
    html`<time datetime="${span.from}">${beganAt(span)}</time>`,
    span.to === undefined || span.isOpen === true ? '' : (span.says?.to ?? clockOf(span.to)),
    tookOf(span),
  ]);
  const [first] = spans;
  const title = `The course, in UTC on ${first === undefined ? '' : dayOf(first.from)}`;
  return section(
    'What happened',
    html`<figure>${timelineDrawing(spans)}</figure>
      <details>
        <summary>The timeline as a table</summary>
        ${tableOf(title, ['step', 'from', 'to', 'took'], rows)}
      </details>`,
  );
}
