import { Picture, type Colour } from '../../png.ts';
import type { Point } from '../statistics.ts';
import type { Widget } from './widget.ts';

/** The first four colours of the console's graphs. A fifth line starts again at the first. */
export const LINES: readonly Colour[] = [
  [31, 119, 180],
  [255, 127, 14],
  [44, 160, 44],
  [214, 39, 40],
];
export const AXIS: Colour = [128, 128, 128];
export const ANNOTATION: Colour = [148, 103, 189];

/** The free margin around the plot, in pixels, if the picture is large enough. */
const MARGIN = 20;

interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Draws lines, annotations and axes, without text; the real picture has titles, labels and a legend. The y-axis covers
 * all drawn values, so every annotation is visible. The x-axis runs from start to end.
 */
export function draw(
  { width, height, from, to, lines }: Omit<Widget, 'queries'>,
  series: readonly (readonly Point[])[],
): Picture {
  const picture = new Picture(width, height);
  const margin = Math.min(MARGIN, Math.floor((Math.min(width, height) - 1) / 2));
  const area = { left: margin, right: width - 1 - margin, top: margin, bottom: height - 1 - margin };
  const values = [...lines, ...series.flat().map(({ value }) => value)];
  const least = Math.min(...values);
  const span = Math.max(...values) - least || 1;
  const rowOf = (value: number): number =>
    Math.round(area.bottom - 1 - ((value - least) / span) * Math.max(0, area.bottom - 1 - area.top));
  const columnOf = (at: number): number =>
    Math.round(area.left + ((at - from) / (to - from)) * (area.right - area.left));
  axes(picture, area);
  for (const value of lines)
    across(picture, [area.left + 1, rowOf(value)], [area.right, rowOf(value)], ANNOTATION);
  series.forEach((points, index) => {
    const colour = LINES[index % LINES.length] ?? AXIS;
    const places = points
      .filter(({ at }) => at >= from && at <= to)
      .map(({ at, value }): Place => [columnOf(at), rowOf(value)]);
    places.forEach((place, step) => across(picture, places[step - 1] ?? place, place, colour));
  });
  return picture;
}

function axes(picture: Picture, { left, right, top, bottom }: Area): void {
  across(picture, [left, top], [left, bottom], AXIS);
  across(picture, [left, bottom], [right, bottom], AXIS);
}

/** Column and row. */
type Place = readonly [number, number];

/** Draws a straight line, both ends included. */
function across(picture: Picture, [left, top]: Place, [right, bottom]: Place, colour: Colour): void {
  const steps = Math.max(Math.abs(right - left), Math.abs(bottom - top), 1);
  for (let step = 0; step <= steps; step++) {
    const part = step / steps;
    const [column, row] = [left + (right - left) * part, top + (bottom - top) * part];
    picture.set(Math.round(column), Math.round(row), colour);
  }
}
