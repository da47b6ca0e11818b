import { code } from '../escape.ts';
import type { Message } from '../web-api.ts';
import { paragraph } from './blocks.ts';

const BARS = '▁▂▃▄▅▆▇█';

export interface Measured {
  /** One value per period, oldest first. */
  readonly values: readonly number[];
  readonly threshold?: number | undefined;
}

/** Plots a metric as one line of bars from its least to its greatest value. */
export function plot(alarm: string, { values, threshold }: Measured): Message {
  const text = `Alarm ${code(alarm)}`;
  if (values.length === 0) return { text, blocks: [paragraph(`${text}: no values in the last half hour`)] };
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const range = `${rounded(least)} to ${rounded(most)}`;
  const limit = threshold === undefined ? '' : `, threshold ${rounded(threshold)}`;
  return { text, blocks: [paragraph(`${text}: ${range}${limit}\n\`${barsOf(values, least, most)}\``)] };
}

function barsOf(values: readonly number[], least: number, most: number): string {
  const step = (most - least) / (BARS.length - 1);
  return values.map((value) => BARS[step === 0 ? 0 : Math.round((value - least) / step)] ?? '').join('');
}

/** Rounds to three significant digits. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}
