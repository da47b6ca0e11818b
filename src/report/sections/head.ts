import type { Material } from '../material.ts';
import { html, type Markup } from '../markup.ts';
import { breachedFor, breachName, breachSays } from '../harm.ts';
import type { Times } from '../times.ts';
import { pauseSays } from '../pauses.ts';
import { clockOf, dayOf, lastedBetween, nameOf } from '../words.ts';
import { said } from './section.ts';

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
  const held = document === null ? null : pauseSays(document, times);
  return html`<header>
    <p class="brand">Lastgood <span>report of a rollback</span></p>
    <h1>${target ?? 'Unknown target'}</h1>
    <p class="when">
      <span
        >ended <time datetime="${end.endedAt}">${dayOf(end.endedAt)}, ${clockOf(end.endedAt)} UTC</time></span
      >
      <span class="name">${nameOf(execution)}</span>
    </p>
    <div class="outcome ${end.outcome}">
      <span class="sign" aria-hidden="true">${sign}</span>
      <div>
        <h2>${says}</h2>
        <p>${said(end.reason, 2000)}</p>
      </div>
    </div>
    ${routeOf(material)} ${held === null ? null : html`<p class="held">${said(held, 1200)}</p>`}
    ${figures(times)}
  </header>`;
}

/** The way from one revision to the other, as far as the rollback went it. */
const WAYS = {
  'rolled-back': 'back to',
  skipped: 'the way back would lead to',
  'failed-clean': 'could not go back to',
  'failed-dirty': 'was to go back to',
} as const;

function routeOf({ document, end }: Material): Markup | null {
  const plan = document?.plan;
  if (plan === undefined || !('to' in plan)) return null;
  return html`<p class="route">
    <span><small>from</small> <code>${(plan.suspect ?? plan.from).name}</code></span>
    <span
      ><span class="arrow" aria-hidden="true">→</span> <small>${WAYS[end.outcome]}</small>
      <code>${plan.to.name}</code></span
    >
  </p>`;
}

function figures(times: Times): Markup | null {
  const { triggered, firstWrite, restored, proven } = times;
  const all = [
    ...harmFigures(times),
    ...(
      [
        ['first write after', firstWrite],
        ['all signs healthy after', restored],
        ['proven after', proven],
      ] as const
    ).flatMap(([what, at]) =>
      triggered === undefined || at === undefined
        ? []
        : [figure(what, lastedBetween(triggered, at), 'from the trigger')],
    ),
  ];
  return all.length === 0 ? null : html`<dl class="figures">${all}</dl>`;
}

/**
 * Lastgood sees metrics and no users. Without the metric that hurt, the harm ends with the signs of health, which may be
 * long after users were served again.
 */
function harmFigures({ began, breach, restored }: Times): readonly Markup[] {
  if (began === undefined) return [];
  if (breach !== undefined)
    return [figure(`${breachName(breach)} for`, breachedFor(breach), breachSays(breach))];
  if (restored === undefined)
    return [figure('harm began', clockOf(began.at).slice(0, 5), `${began.says} UTC; its end is not known`)];
  const says = `the harm began ${began.says} UTC; users may have been served before all signs were healthy`;
  return [figure('from harm to healthy signs', lastedBetween(began.at, restored), says)];
}

function figure(what: string, value: string, says: string): Markup {
  return html`<div>
    <dt>${what}</dt>
    <dd>${value} <small>${says}</small></dd>
  </div>`;
}
