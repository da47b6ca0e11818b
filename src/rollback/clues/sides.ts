import { clue, type Clue, type ClueReader } from './clue.ts';
import { excessOf } from './excess.ts';
import { indexAt, median, noiseAt, riseOf, seriesFor, type Level, type Usual } from './levels.ts';
import type { Series } from '../facts.ts';
import { harmLevel, share, since, usualBefore, type Harm, type Scene } from './scene.ts';

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
  const shared = sharedOf(scene);
  const { harm, measured, onset, rise, suspect } = scene;
  if (shared === null || harm === null) return null;
  const old = harmLevel(measured, harm, { revision: shared.old });
  if (old === null) return null;
  // Some kinds of target are measured by their sides alone.
  const own = onset.unseenBefore === undefined ? usualBefore(old, onset.at) : null;
  const usual = scene.usual ?? own;
  if (usual === null) return null;
  const hurt = medianRise(old, indexAt(old, rise), usual);
  const sides = sidesOf(scene);
  const strength = sides === null ? 0 : differenceOf(scene, sides).strength;
  return clue(
    share(hurt / 2) * share((likeness(scene, harm, old, usual) - UNLIKE) / (ALIKE - UNLIKE)) * (1 - strength),
    `The revision before ${suspect.revision.name} hurts in the same way at the same time.`,
  );
};

/** From this share of the newer side's harm on, the older side hurts in the same way; below the other it does not. */
const ALIKE = 0.5;
const UNLIKE = 0.25;

/** Returns the harm of the older side as a share of that of the newer one; far above one where the newer has none. */
function likeness({ measured, rise, suspect }: Scene, harm: Harm, old: Level, { middle }: Usual): number {
  const now = harmLevel(measured, harm, { revision: suspect.revision.id });
  const excess = now === null ? 0 : median(since(now, rise)) - middle;
  return (median(since(old, rise)) - middle) / Math.max(excess, 1e-9);
}

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
  readonly newer: Side;
  readonly older: Side;
  /** How clearly the new side has more errors. */
  readonly deviations: number;
}

/** Returns both sides in the minutes that both had whole. Null: AWS does not separate them, or there were too few requests. */
function sidesOf(scene: Scene): Sides | null {
  const shared = sharedOf(scene);
  if (shared === null) return null;
  const { measured, suspect } = scene;
  const { old, minutes } = shared;
  const now = suspect.revision.id;
  const whole = minutes.filter(({ isWhole }) => isWhole).map(({ at }) => at);
  const [newer, older] = [sideIn(measured, now, whole), sideIn(measured, old, whole)];
  if (newer.requests < MIN_REQUESTS || older.requests < MIN_REQUESTS) return null;
  const each = whole.map((at) => ({
    newer: sideIn(measured, now, [at]),
    older: sideIn(measured, old, [at]),
  }));
  return { newer, older, deviations: excessOf(each) };
}

/** The minutes in which both sides received requests. */
interface Shared {
  /** Id of the revision before. */
  readonly old: string;
  /** A minute is whole if no traffic of a side begins or ends in it. */
  readonly minutes: readonly { readonly at: number; readonly isWhole: boolean }[];
}

/** Returns the shared minutes. Null: AWS does not separate the sides, or there were too few requests. */
function sharedOf({ measured, suspect, older, later }: Scene): Shared | null {
  const now = suspect.revision.id;
  const after = new Set(later.map(({ revision }) => revision.id));
  const own = seriesFor(measured, 'requests', { revision: now });
  const others = measured.flatMap(({ metric, revision }) =>
    metric === 'requests' && revision !== undefined && revision !== now && !after.has(revision)
      ? [revision]
      : [],
  );
  const old = older.map(({ revision }) => revision.id).find((id) => others.includes(id)) ?? others[0];
  const oldSeries = old === undefined ? null : seriesFor(measured, 'requests', { revision: old });
  if (own === null || old === undefined || oldSeries === null) return null;
  const from = indexAt({ ...own, noise: [] }, suspect.startedAt);
  const cut = [...cutMinutes(own, oldSeries, from), ...cutMinutes(oldSeries, own, from)];
  const minutes = own.values.flatMap((_, at) =>
    at >= from && isServed(own, at) && isServed(oldSeries, at) ? [{ at, isWhole: !cut.includes(at) }] : [],
  );
  const all = minutes.map(({ at }) => at);
  const isEnough = [now, old].every((one) => sideIn(measured, one, all).requests >= MIN_REQUESTS);
  return isEnough ? { old, minutes } : null;
}

/**
 * Returns the minutes in which the traffic of a side begins or ends. Such a minute compares nothing: a harm that hits both sides
 * in one part of it shows on one of them only.
 */
function cutMinutes(series: Series, other: Series, from: number): readonly number[] {
  const served = [...series.values.keys()].filter((at) => isServed(series, at));
  const [first, last] = [served.find((at) => at >= from), served.at(-1)];
  if (first === undefined || last === undefined) return [];
  const begins = first > 0 && !isServed(series, first - 1);
  const ends = other.values.some((_, at) => at > last && isServed(other, at));
  return [...(begins ? [first] : []), ...(ends ? [last] : [])];
}

function isServed({ values }: Series, at: number): boolean {
  return (values[at] ?? 0) > 0;
}

function sideIn(measured: Scene['measured'], revision: string, minutes: readonly number[]): Side {
  const during = (metric: 'requests' | 'errors' | 'latency') => {
    const values = seriesFor(measured, metric, { revision })?.values ?? [];
    return minutes.map((at) => values[at] ?? null);
  };
  const sumOf = (metric: 'requests' | 'errors') =>
    during(metric).reduce<number>((sum, value) => sum + (value ?? 0), 0);
  const latency = during('latency').filter((value) => value !== null);
  return {
    requests: sumOf('requests'),
    errors: sumOf('errors'),
    latency: latency.length === 0 ? null : median(latency.slice(-5)),
  };
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
