import { parseHTML } from 'linkedom';
import type { Markup } from '../../../src/report/markup.ts';

/** The part of an element that the tests read. */
export interface Element {
  readonly textContent: string;
  readonly parentNode: Element;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Element>;
}

/** One drawing of two: the wide one, and the narrow one. */
export interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly all: (selector: string) => readonly Element[];
}

export function parsed(html: string): Element {
  const { document } = parseHTML(`<html><body>${html}</body></html>`) as unknown as {
    readonly document: Element;
  };
  return document;
}

/** Returns the drawings of a figure. */
export function drawingsIn(figure: Markup): readonly Drawn[] {
  return [...parsed(figure.html).querySelectorAll('svg')].map((svg) => ({
    width: numberIn(svg, 'width'),
    height: numberIn(svg, 'height'),
    all: (selector) => [...svg.querySelectorAll(selector)],
  }));
}

export function numberIn(element: Element, name: string): number {
  return Number(element.getAttribute(name) ?? 0);
}

/** Returns the shift of a text, which Plot writes as a transformation. */
export function placeOf(element: Element): readonly [x: number, y: number] {
  const [, x = '0', y = '0'] =
    /translate\(([-\d.]+),([-\d.]+)\)/.exec(element.getAttribute('transform') ?? '') ?? [];
  return [Number(x), Number(y)];
}
