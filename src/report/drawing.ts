import { plot, type PlotOptions } from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { escape, html, trusted, type Markup } from './markup.ts';

/** A drawing is made twice, because text that fits a desktop is too small on a phone. The page shows one of both. */
export const WIDTHS = { wide: 880, narrow: 340 } as const;

export type Size = keyof typeof WIDTHS;

/** The words for those who do not see a drawing. A table beside it has its values. */
export interface Described {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** Plot builds its SVG with the DOM of a document. */
const { document } = parseHTML('<!doctype html><html><body></body></html>') as { readonly document: object };

/**
 * Draws with Plot, once for each size. Colours and fonts come from the style sheet of the page: inline styles would need
 * a weaker content security policy.
 */
export function drawn(described: Described, optionsFor: (size: Size, width: number) => PlotOptions): Markup {
  const sizes = Object.keys(WIDTHS) as Size[];
  return html`${sizes.map((size) => drawnOnce(size, described, optionsFor(size, WIDTHS[size])))}`;
}

function drawnOnce(size: Size, { id, title, description }: Described, options: PlotOptions): Markup {
  const svg = plot({
    ...options,
    width: WIDTHS[size],
    className: 'plot',
    document: document as never,
  }) as unknown as Drawn;
  svg.querySelector('style')?.remove();
  for (const styled of svg.querySelectorAll('[style]')) styled.removeAttribute('style');
  // Plot names its groups, which have no role. The title and the description speak for the whole drawing.
  for (const named of svg.querySelectorAll('[aria-label]')) named.removeAttribute('aria-label');
  const [ofTitle, ofDescription] = [`${id}-${size}-title`, `${id}-${size}-description`];
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-labelledby', `${ofTitle} ${ofDescription}`);
  const words =
    `<title id="${ofTitle}">${escape(title)}</title>` +
    `<desc id="${ofDescription}">${escape(description)}</desc>`;
  const [open = '', ...rest] = svg.outerHTML.split(/(?<=>)/, 2);
  const inside = svg.outerHTML.slice(open.length);
  return rest.length === 0
    ? html``
    : html`<div class="drawing ${size}">${trusted(open + words + inside)}</div>`;
}

/** The part of an SVG element that is used here. The project's types know no DOM. */
interface Drawn {
  readonly outerHTML: string;
  querySelector(selector: string): { remove(): void } | null;
  querySelectorAll(selector: string): Iterable<{ removeAttribute(name: string): void }>;
  setAttribute(name: string, value: string): void;
}
