import { clue, type Clue, type ClueReader } from './clue.ts';
import { excessOf } from './excess.ts';
import { indexAt, median, noiseAt, riseOf, seriesFor, type Level } from './levels.ts';
import type { Series } from '../facts.ts';
import { harmLevel, share, type Scene } from './scene.ts';

/** Fewer requests on a side prove nothing about it. */
const MIN_REQUESTS = 20;

/** New and old run at the same time, so that any other cause affects both. */
export const onlyTheNewSideHurts: ClueReader = (scene) => {
  const sides = sidesOf(scene);
  if (sides === null) return null;
  const { strength, says } = differenceOf(scene, sides);
  return clue(strength, says);
};

export const bothSidesHurt: ClueReader = (scene) => {
  const sides = sidesOf(scene);
  const { harm, measured, usual, rise, suspect } = scene;
  if (sides === null || harm === null || usual === null) return null;
  const old = harmLevel(measured, harm, { revision: sides.old });
  if (old === null) return null;
  const hurt = medianRise(old, indexAt(old, rise), usual);
  const { strength } = differenceOf(scene, sides);
  return clue(
    share(hurt / 2) * (1 - strength),
    `The revision before ${suspect.revision.name} hurts in the same way at the same time.`,
  );
};

function medianRise(level: Level, from: number, usual: NonNullable<Scene['usual']>): number {
  const rises = level.values.flatMap((value, at) =>
    value === null || at < from ? [] : [riseOf(value, noiseAt(level, at), usual)],
  );
  return median(rises);
}

interface Side {
  readonly requests: number;
  readonly errors: number;
  readonly latency: number | null;
}

interface Sides {
  readonly old: string;
  readonly newer: Side;
  readonly older: Side;
  /** How clearly the new side has more errors. */
  readonly deviations: number;
}

/**
 * Returns both sides in the minutes in which both received requests. Null: AWS does not separate them, or there were
 * too few requests.
 */
function sidesOf({ measured, suspect, older, later }: Scene): Sides | null {
  const now = suspect.revision.id;
  const since = new Set(later.map(({ revision }) => revision.id));
  const own = seriesFor(measured, 'requests', { revision: now });
  const others = measured.flatMap(({ metric, revision }) =>
    metric === 'requests' && revision !== undefined && revision !== now && !since.has(revision)
      ? [revision]
      : [],
  );
  const old = older.map(({ revision }) => revision.id).find((id) => others.includes(id)) ?? others[0];
  const oldSeries = old === undefined ? null : seriesFor(measured, 'requests', { revision: old });
  if (own === null || old === undefined || oldSeries === null) return null;
  const from = indexAt({ ...own, noise: [] }, suspect.startedAt);
  const both = own.values.map(
    (value, at) => at >= from && (value ?? 0) > 0 && (oldSeries.values[at] ?? 0) > 0,
  );
  const sideOf = (revision: string): Side => {
    const during = (series: Series | null) => (series?.values ?? []).filter((_, at) => both[at] === true);
    const sumOf = (metric: 'requests' | 'errors') =>
      during(seriesFor(measured, metric, { revision })).reduce<number>((sum, value) => sum + (value ?? 0), 0);
    const latency = during(seriesFor(measured, 'latency', { revision })).filter((value) => value !== null);
    return {
      requests: sumOf('requests'),
      errors: sumOf('errors'),
      latency: latency.length === 0 ? null : median(latency.slice(-5)),
    };
  };
  const [newer, before] = [sideOf(now), sideOf(old)];
  if (newer.requests < MIN_REQUESTS || before.requests < MIN_REQUESTS) return null;
  const at = (metric: 'requests' | 'errors', revision: string, minute: number) =>
    seriesFor(measured, metric, { revision })?.values[minute] ?? 0;
  const answered = (revision: string, minute: number) => ({
    requests: at('requests', revision, minute),
    errors: at('errors', revision, minute),
  });
  const minutes = [...both.keys()]
    .filter((minute) => both[minute] === true)
    .map((minute) => ({ newer: answered(now, minute), older: answered(old, minute) }));
  return { old, newer, older: before, deviations: excessOf(minutes) };
}

/** Returns how clearly the new side is worse: by its share of errors, or by its latency. */
function differenceOf({ harm, suspect }: Scene, { newer, older, deviations }: Sides): Clue {
  if (harm === 'latency' && newer.latency !== null && older.latency !== null) {
    const ratio = newer.latency / Math.max(older.latency, 1e-6);
    return {
      strength: share((ratio - 1.15) / 0.5),
      says: `${suspect.revision.name} takes ${seconds(newer.latency)}, the revision before ${seconds(older.latency)}, at the same time.`,
    };
  }
  const [bad, good] = [newer.errors / newer.requests, older.errors / older.requests];
  return {
    strength: share((deviations - 2) / 4) * share((bad / Math.max(good, 1e-6) - 1.3) / 1),
    says: `${percent1(bad)} of the requests to ${suspect.revision.name} fail, ${percent1(good)} of those to the revision before, at the same time.`,
  };
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}

function percent1(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}
