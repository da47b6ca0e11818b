import { createHash } from 'node:crypto';
import { html, trusted, type Insertable, type Markup } from './markup.ts';
import type { Material } from './material.ts';
import { rawSection } from './raw.ts';
import { SCRIPT } from './script.ts';
import { evidenceSection } from './sections/evidence.ts';
import { headSection, titleOf } from './sections/head.ts';
import { metricsSection } from './sections/metrics.ts';
import { listOf, section } from './sections/section.ts';
import { timelineSection } from './sections/timeline.ts';
import { verdictSection } from './sections/verdict.ts';
import { differencesSection, healthSection, waySection } from './sections/way.ts';
import { marksOf } from './marks.ts';
import { spansOf } from './spans.ts';
import { STYLE } from './style.ts';
import { timesOf } from './times.ts';

/** The most bytes of a page: it opens at once on a phone in a bad network. */
export const MAX_PAGE_BYTES = 390_000;

/** Renders the report page of a rollback. The raw document gets the bytes that the rest leaves. */
export function renderReport(material: Material): string {
  const title = titleOf(material);
  const before = html`${sectionsOf(material)}`;
  const frame = pageOf(title, [before]);
  const room = MAX_PAGE_BYTES - Buffer.byteLength(frame);
  return pageOf(title, [before, rawSection(material, room)]);
}

function sectionsOf(material: Material): Insertable {
  const { document, charts, missing, end } = material;
  const times = timesOf(material);
  const rest =
    document === null
      ? []
      : [
          () => timelineSection(spansOf(material, times)),
          () => metricsSection(charts, marksOf(material, times), times.breach !== undefined),
          () => verdictSection(document),
          () => evidenceSection(document),
          () => differencesSection(document),
          () => waySection(document),
          () => healthSection(document),
        ];
  return [
    headSection(material, times),
    section('Do next', listOf(end.advice, 'advice')),
    ...rest.map(orNote),
    section('Not read', listOf(missing)),
  ];
}

/**
 * Leaves a part out that cannot be shown, with a note: executions may run under another version of Lastgood, whose
 * documents have another form.
 */
function orNote(part: () => Markup | null): Markup | null {
  try {
    return part();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return html`<section class="unshown"><p>A part of this page could not be shown: ${why}</p></section>`;
  }
}

/**
 * The policy lets in the one script and the one style sheet of the page, by their hashes, and nothing from elsewhere.
 * https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
 */
const POLICY = [
  "default-src 'none'",
  `script-src '${hashOf(SCRIPT)}'`,
  `style-src '${hashOf(STYLE)}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function pageOf(title: string, content: Insertable): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        ${trusted(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <main>${content}</main>
        ${trusted(`<script>${SCRIPT}</script>`)}
      </body>
    </html> `.html;
}
