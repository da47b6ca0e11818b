import type { Rollback } from '../../rollback/document.ts';
import { html, type Insertable, type Markup } from '../markup.ts';
import { clockOf } from '../words.ts';
import { cut, listOf, said, section, tableOf } from './section.ts';

/** Shows the differences that going back undid. */
export function differencesSection({ plan }: Rollback): Markup | null {
  if (plan === undefined || !('to' in plan) || plan.changes === undefined || plan.changes.length === 0)
    return null;
  const { changes, from, suspect, to } = plan;
  return section('Differences', [
    html`<p>From <code>${(suspect ?? from).name}</code> to <code>${to.name}</code>:</p>`,
    html`<dl class="changes">${changes.slice(0, 60).map(changeOf)}</dl>`,
    changes.length > 60 ? html`<p>… and ${changes.length - 60} more, in the document below.</p>` : null,
  ]);
}

/** A line of changes reads `subject: before → after`. Any other line is shown as it is. */
function changeOf(line: string): Markup {
  const [, subject = '', before = '', next = ''] = /^([^:]{1,80}): (.+) → (.+)$/s.exec(line) ?? [];
  if (subject === '') return html`<div><dd>${cut(line)}</dd></div>`;
  return html`<div>
    <dt>${subject}</dt>
    <dd><del>${cut(before)}</del> <ins>${cut(next)}</ins></dd>
  </div>`;
}

/** Shows the ways back that were planned and tried. */
export function waySection(document: Rollback): Markup | null {
  const { plan, reverted } = document;
  if (plan === undefined) return null;
  if (!('rungs' in plan)) return section('The way back', html`<p>${said(plan.reason)}</p>`);
  const notes = [...(plan.notes ?? []), ...(plan.doubt === undefined ? [] : [plan.doubt])];
  const rows = plan.rungs.map(({ name, does }, rung) => [name, does, endOf(document, rung)]);
  return section('The way back', [
    tableOf('Ways back, the fastest safe one first', ['way', 'does', 'ended'], rows),
    plan.state === 'join' && reverted?.state === 'joined'
      ? html`<p>AWS went back natively. Lastgood watched and proved it.</p>`
      : null,
    listOf(notes),
  ]);
}

function endOf({ reverted, settled }: Rollback, rung: number): Insertable {
  if (reverted === undefined) return 'not begun';
  const left = reverted.left.find((one) => one.rung === rung);
  if (left !== undefined) return said(`left: ${left.reason}`);
  if (rung > reverted.rung) return 'not needed';
  if (rung < reverted.rung) return 'left';
  if (reverted.state === 'failed') return said(`failed: ${reverted.reason}`);
  if (settled === undefined) return reverted.state;
  return said(`${settled.state}: ${'summary' in settled ? settled.summary : settled.reason}`);
}

const SIGNS = { healthy: '✓', unhealthy: '✗', unknown: '?', neutral: '–' } as const;

/** Shows the signs of health at the last look. */
export function healthSection({ health }: Rollback): Markup | null {
  if (health === undefined || health.signs.length === 0) return null;
  return section(
    `Health at the last look, ${clockOf(health.at)} UTC`,
    html`<ul class="signs">
      ${health.signs.map(
        ({ of, state, says }) =>
          html`<li class="${state}">
            <span aria-hidden="true">${SIGNS[state]}</span>
            <div><strong>${cut(of)}</strong> <small>${state}</small><br />${said(says)}</div>
          </li>`,
      )}
    </ul>`,
  );
}
