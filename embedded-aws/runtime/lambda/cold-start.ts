import { statSync } from 'node:fs';
import type { Random } from '../../world/random.ts';

/**
 * Initialisation of a Node.js 24 function of 1,024 MB on arm64, in milliseconds, by share of cold starts: median 125,
 * 90th percentile 137, 99th 186. 764 cold starts of June to August 2026, https://github.com/maxday/lambda-perf. The
 * fastest is not published; the distance from the median to the 90th percentile is taken below the median too.
 */
const INIT_MS: readonly (readonly [share: number, ms: number])[] = [
  [0, 113],
  [0.5, 125],
  [0.9, 137],
  [0.99, 186],
  [1, 186],
];

/**
 * Milliseconds per byte that loading a bundle adds: minified AWS SDK clients of 543,793 bytes took 71 ms to import and
 * those of 1,093,868 bytes 145 ms (21 interleaved runs on two cores). Finding a host for the environment is not in it:
 * nothing is published.
 */
const LOAD_MS_PER_BYTE = 71 / 543_793;

/** How long a cold start takes before the handler is called, in milliseconds. */
export function coldStart(module: string, random: Random): number {
  const bytes = statSync(module, { throwIfNoEntry: false })?.size ?? 0;
  return Math.round(interpolate(INIT_MS, random.next()) + bytes * LOAD_MS_PER_BYTE);
}

/** The value at `x` on the straight lines between the points, which ascend in x. */
export function interpolate(points: readonly (readonly [x: number, y: number])[], x: number): number {
  const above = Math.max(
    1,
    points.findIndex(([px]) => px >= x),
  );
  const [x0, y0] = points[above - 1] ?? [0, 0];
  const [x1, y1] = points[above] ?? [1, 0];
  return y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}
