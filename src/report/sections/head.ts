import type { Material } from '../material.ts';
import { html, prose, type Markup } from '../markup.ts';
import type { Times } from '../times.ts';
import { clockOf, dayOf, lastedBetween } from '../words.ts';
import { cut } from './section.ts';

/** The outcome in words, and its sign. The sign has another form for each, because not everyone sees its colour. */
const OUTCOMES = {
  'rolled-back': { sign: '✓', says: 'Rolled back, and proven healthy' },
  skipped: { sign: '–', says: 'Skipped: Lastgood changed nothing' },
  'failed-clean': { sign: '×', says: 'Could not go back: nothing is left changed' },
  'failed-dirty': { sign: '!', says: 'A person must look now' },
} as const;

/** Returns the title of the page. */
export function titleOf({ target, end }: Material): string {
  return `${OUTCOMES[end.outcome].says} · ${target ?? 'unknown target'}`;
}

/** Shows the outcome in a sentence, the route, and the figures that a reader looks for first. */
export function headSection(material: Material, times: Times): Markup {
  const { end, target, execution, document } = material;
  const { sign, says } = OUTCOMES[end.outcome];
  const plan = document?.plan;
  const route = plan !== undefined && 'to' in plan ? plan : null;
  return html`<header>
    <p class="brand">Lastgood <span>report of a rollback</span></p>
    <h1>${target ?? 'Unknown target'}</h1>
    <p class="when">
      <time datetime="${end.endedAt}">${dayOf(end.endedAt)}, ${clockOf(end.endedAt)} UTC</time>
      <span class="name">${nameOf(execution)}</span>
    </p>
    <div class="outcome ${end.outcome}">
      <span class="sign" aria-hidden="true">${sign}</span>
      <div>
        <h2>${says}</h2>
        <p>${prose(cut(end.reason, 2000))}</p>
      </div>
    </div>
    ${
      route === null
        ? null
        : html`<p class="route">
            <span><small>from</small> <code>${(route.suspect ?? route.from).name}</code></span>
            <span
              ><span class="arrow" aria-hidden="true">→</span> <small>back to</small>
              <code>${route.to.name}</code></span
            >
          </p>`
    }
    ${figures(times)}
  </header>`;
}

/** The name of an execution is the last part of its ARN. */
export function nameOf(execution: string): string {
  return execution.slice(execution.lastIndexOf(':') + 1);
}

function figures(times: Times): Markup | null {
  const { onset, triggered, firstWrite, restored, proven, ended } = times;
  const all = [
    onset !== undefined &&
      (restored === undefined
        ? figure('users hurt for', `${lastedBetween(onset, ended)}+`, 'not over when this was written')
        : figure('users hurt for', lastedBetween(onset, restored), 'first sign of harm to healthy again')),
    triggered !== undefined &&
      firstWrite !== undefined &&
      figure('first write after', lastedBetween(triggered, firstWrite), 'from the trigger'),
    triggered !== undefined &&
      restored !== undefined &&
      figure('healthy after', lastedBetween(triggered, restored), 'from the trigger'),
    triggered !== undefined &&
      proven !== undefined &&
      figure('proven after', lastedBetween(triggered, proven), 'from the trigger'),
  ].filter((one) => one !== false);
  return all.length === 0 ? null : html`<dl class="figures">${all}</dl>`;
}

function figure(what: string, value: string, says: string): Markup {
  return html`<div>
    <dt>${what}</dt>
    <dd>${value}<small>${says}</small></dd>
  </div>`;
}
