import { ANNOTATION, AXIS, LINES } from './draw.ts';
import { readPng, type Colour, type Picture } from '../../png.ts';

/** Contents of a graph. Instants are milliseconds since the epoch. */
export interface Expected {
  readonly from: number;
  readonly to: number;
  readonly points: readonly { readonly at: number; readonly value: number }[];
  readonly threshold: number;
}

/** Pixels of tolerance. Rows and columns are whole, and both ends of a scale are rounded. */
const TOLERANCE = 2;

/**
 * Returns null if a PNG shows these points and this threshold, otherwise the difference. Measures like a person with a
 * ruler: the time axis ends at the instants; the threshold and the highest point give the scale.
 */
export function unlikeIts(png: Buffer, { from, to, points, threshold }: Expected): string | null {
  const picture = readPng(png);
  const [axis, line, [series]] = [rowsOf(picture, AXIS), rowsOf(picture, ANNOTATION), LINES];
  const drawn = series === undefined ? new Map<number, number[]>() : rowsOf(picture, series);
  const greatest = Math.max(...points.map(({ value }) => value));
  const [first, last] = [Math.min(...axis.keys()), Math.max(...axis.keys())];
  const [top, base] = [Math.min(...[...drawn.values()].flat()), [...line.values()][0]?.[0] ?? NaN];
  const perRow = (greatest - threshold) / (base - top);
  const wrong = points.filter(({ at, value }) => {
    const column = Math.round(first + ((at - from) / (to - from)) * (last - first));
    const row = base - (value - threshold) / perRow;
    return !(drawn.get(column) ?? []).some((found) => Math.abs(found - row) <= TOLERANCE);
  });
  if (points.length < 5) return `there are ${points.length} points, too few to compare`;
  return wrong.length === 0
    ? null
    : `${wrong.length} of ${points.length} points are not where they belong, ${JSON.stringify(wrong[0])} for one`;
}

/** Returns the rows of a colour, by column. */
function rowsOf(picture: Picture, colour: Colour): ReadonlyMap<number, number[]> {
  const columns = Array.from({ length: picture.width }, (_, column) => {
    const rows = Array.from({ length: picture.height }, (_, row) => row);
    return [column, rows.filter((row) => picture.is(column, row, colour))] as const;
  });
  return new Map(columns.filter(([, rows]) => rows.length > 0));
}
