import type { Rollback } from '../../rollback/document.ts';
import { CAUSE_TITLES, type Companion, type Evidence, type Triage } from '../../rollback/evidence.ts';
import { dated, html, type Markup } from '../markup.ts';
import { listOf, said, section, shownLines } from './section.ts';

/** Shows what was gathered before the way back destroyed it, and the likely cause. */
export function evidenceSection({ gathered }: Rollback): Markup | null {
  if (gathered === undefined) return null;
  const evidence = 'evidence' in gathered ? gathered.evidence : gathered;
  if ('Error' in evidence)
    return section('Evidence', html`<p>No evidence came in time (${evidence.Error}).</p>`);
  return section('Evidence', [
    evidence.triage === undefined ? null : triageOf(evidence.triage),
    foundIn(evidence),
    evidence.missing.length === 0
      ? null
      : html`<h3>Could not be read</h3>
          ${listOf(evidence.missing.map(({ source, reason }) => `${source}: ${reason}`))}`,
    companionsIn(evidence.companions ?? []),
  ]);
}

function triageOf({ cause, says, because }: Triage): Markup {
  if (cause === 'unknown') return html`<p class="silent">${said(says)}</p>`;
  return html`<div class="triage">
    <p><small>Likely cause</small> <strong>${CAUSE_TITLES[cause]}</strong></p>
    <p>${said(says)}</p>
    ${listOf(because)}
  </div>`;
}

/** Sources that found nothing share one line. */
function foundIn({ found }: Evidence): readonly Markup[] {
  const silent = found.filter(({ lines }) => lines.length === 0).map(({ source }) => source);
  return [
    ...found
      .filter(({ lines }) => lines.length > 0)
      .map(
        ({ source, lines }) =>
          html`<h3>${source}</h3>
            <pre>${dated(shownLines(lines).join('\n'))}</pre>`,
      ),
    ...(silent.length === 0 ? [] : [html`<p class="silent">Nothing found in: ${silent.join(', ')}.</p>`]),
  ];
}

function companionsIn(companions: readonly Companion[]): Markup | null {
  if (companions.length === 0) return null;
  return html`<h3>What the release also changed, and the way back left</h3>
    <ul>
      ${companions.map(
        ({ says, command }) =>
          html`<li>
            ${said(says)}${command === undefined ? null : html`<pre class="command">${command}</pre>`}
          </li>`,
      )}
    </ul>`;
}
