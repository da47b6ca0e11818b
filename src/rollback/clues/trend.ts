import { clue, type ClueReader } from './clue.ts';
import { between, indexAt, levelOf, seriesFor } from './levels.ts';
import { share, type Scene } from './scene.ts';

/** A trend shorter than this is noise. */
const MIN_MINUTES = 15;

/** A leak needs time. Steady growth since a release, and not before, came with the release. */
export const growsSinceThen: ClueReader = (scene) => {
  const metrics = ['memory', 'cpu', 'latency'] as const;
  const found = metrics.map((metric) => ({ metric, ...growth(scene, metric) }));
  const best = found.reduce((one, other) => (other.strength > one.strength ? other : one));
  return clue(
    best.strength,
    `${NAMES[best.metric]} has grown since the deployment of ${scene.suspect.revision.name}, and not before it.`,
  );
};

/** It also grew with the revision before, so going back would not end it. */
export const grewBeforeToo: ClueReader = (scene) => {
  const strength = grewBefore(scene, 'memory');
  return clue(strength, 'Memory grew in the same way before that deployment.');
};

const NAMES = { memory: 'Memory', cpu: 'CPU', latency: 'Latency' } as const;

function growth({ measured, suspect, older }: Scene, metric: 'memory' | 'cpu' | 'latency') {
  const series = seriesFor(measured, metric);
  if (series === null) return { strength: 0 };
  const level = levelOf(series);
  const start = indexAt(level, suspect.startedAt);
  const settled = older[0] === undefined ? 0 : indexAt(level, older[0].startedAt) + SETTLING_MINUTES;
  const now = lineThrough(between(level, start + SETTLING_MINUTES, level.values.length));
  const before = lineThrough(between(level, Math.max(start - 60, settled), start));
  if (now === null || now.perMinute <= 0) return { strength: 0 };
  const grewBefore = before === null ? 0 : Math.max(0, before.perMinute) / now.perMinute;
  const load = metric === 'memory' ? null : lineThrough(loadSince({ measured, suspect }));
  const grown = now.grown - Math.max(0, load?.grown ?? 0);
  return {
    strength: share((now.clear - 3) / 4) * share((grown - 0.06) / 0.06) * share((0.9 - grewBefore) / 0.3),
  };
}

/** Returns the requests since the deployment of the suspect. Growth with them is no leak. */
function loadSince({ measured, suspect }: Pick<Scene, 'measured' | 'suspect'>): readonly number[] {
  const series = seriesFor(measured, 'requests');
  if (series === null) return [];
  const level = levelOf(series);
  return between(level, indexAt(level, suspect.startedAt) + SETTLING_MINUTES, level.values.length);
}

function grewBefore({ measured, older, suspect }: Scene, metric: 'memory' | 'cpu'): number {
  const series = seriesFor(measured, metric);
  const previous = older[0];
  if (series === null || previous === undefined) return 0;
  const level = levelOf(series);
  const start = indexAt(level, suspect.startedAt);
  const before = lineThrough(
    between(level, Math.max(0, indexAt(level, previous.startedAt) + SETTLING_MINUTES), start),
  );
  const now = lineThrough(between(level, start + SETTLING_MINUTES, level.values.length));
  if (before === null || before.perMinute <= 0 || (now !== null && now.perMinute <= 0)) return 0;
  return share((before.clear - 4) / 6) * share(before.grown / 0.08);
}

/** Minutes in which new tasks fill their caches. */
const SETTLING_MINUTES = 5;

interface Line {
  readonly perMinute: number;
  /** The slope in its own standard deviations, which shows how clear it is. */
  readonly clear: number;
  /** The growth, as a share of the first value. */
  readonly grown: number;
}

/** Fits a straight line to some minutes by least squares. Null: too few minutes. */
function lineThrough(values: readonly number[]): Line | null {
  const count = values.length;
  if (count < MIN_MINUTES) return null;
  const meanX = (count - 1) / 2;
  const meanY = values.reduce((sum, value) => sum + value, 0) / count;
  const sums = values.reduce(
    ({ xy, xx, yy }, value, at) => ({
      xy: xy + (at - meanX) * (value - meanY),
      xx: xx + (at - meanX) ** 2,
      yy: yy + (value - meanY) ** 2,
    }),
    { xy: 0, xx: 0, yy: 0 },
  );
  const perMinute = sums.xy / sums.xx;
  const rest = Math.max(sums.yy - perMinute * sums.xy, 0) / (count - 2);
  const began = meanY - perMinute * meanX;
  return {
    perMinute,
    clear: perMinute / Math.max(Math.sqrt(rest / sums.xx), 1e-12),
    grown: (perMinute * count) / Math.max(Math.abs(began), 1e-9),
  };
}
