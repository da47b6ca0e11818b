import type { Change, Measured, Series } from '../facts.ts';
import type { Instant } from '../request.ts';
import { after, inMinutes, isAfter } from '../time.ts';
import { clue, type ClueReader } from './clue.ts';
import {
  between,
  indexAt,
  instantAt,
  levelOf,
  isHigh,
  median,
  seriesFor,
  shareLevel,
  startOfRise,
  usualOf,
  type Level,
} from './levels.ts';
import { minutesBetween, share, type Scene } from './scene.ts';
import { tookTraffic } from './timing.ts';

/**
 * A release may overload its dependencies. A dependency that fails this soon after the release took traffic is not
 * clearly the cause.
 */
const OVERLOADED_WITHIN_MINUTES = 6;

/** A failing dependency is the nearer cause, unless it began to fail once the release took traffic. */
export const dependencyHurts: ClueReader = (scene) => {
  const { measured, rise, suspect } = scene;
  const requests = seriesFor(measured, 'requests', { relation: 'dependency' });
  const errors = seriesFor(measured, 'errors', { relation: 'dependency' });
  const latency = seriesFor(measured, 'latency', { relation: 'dependency' });
  const levels = [
    errors === null ? null : requests === null ? countLevel(errors) : shareLevel(errors, requests),
    latency === null ? null : levelOf(latency),
  ];
  const rises = levels.flatMap((level) => (level === null ? [] : (riseNear(level, rise) ?? [])));
  const [first] = rises.toSorted();
  if (first === undefined) return null;
  const isOverloaded =
    !isAfter(suspect.startedAt, first) &&
    minutesBetween(tookTraffic(scene), first) <= OVERLOADED_WITHIN_MINUTES;
  return clue(isOverloaded ? 0.2 : 1, 'A dependency has also failed or been slow since then.');
};

/** Returns the level of error counts, which stray by their square root. Null among numbers means none. */
function countLevel(errors: Series): Level {
  const values = errors.values.map((value) => value ?? 0);
  return { start: errors.start, values, noise: values.map((value) => Math.sqrt(value + 1)) };
}

/** Returns when a level rose at about the time of the harm. Null: it did not, or it had long been high. */
function riseNear(level: Level, rise: Instant): Instant | null {
  const at = indexAt(level, rise);
  const usual = usualOf(between(level, at - 90, at - 8));
  const last = usualOf(between(level, at - 20, at - 6));
  if (usual === null || last === null) return null;
  const around = [...Array(8).keys()].map((k) => at - 4 + k);
  const isRise = (k: number) => isHigh(level, k, usual) && isHigh(level, k, last);
  const first = around.find((k) => isRise(k) && isRise(k + 1));
  return first === undefined ? null : instantAt(level, startOfRise(level, first, usual, at - 10));
}

/** An alarm about a dependency whose harm was there before the release began. */
export const dependencyAlarms: ClueReader = ({ facts, onset, suspect }) => {
  const near = facts.others.known ? facts.others.is.filter(({ relation }) => relation === 'dependency') : [];
  const turned = near.filter(
    ({ at, onset: { until } = { until: at } }) =>
      isAfter(until, after(onset.at, -900)) && isAfter(suspect.startedAt, until),
  );
  return clue(turned.length, `An alarm of ${turned[0]?.about ?? ''}, on which it depends, is red as well.`);
};

/**
 * Harm to many unrelated others at the same time has a common cause. Targets are not counted here: many of them are a
 * storm, which one answer decides (rules/storm.ts).
 */
export const othersHurt: ClueReader = (scene) => {
  const { facts, onset } = scene;
  if (!facts.others.known || facts.stormsAreOff === true) return null;
  const together = facts.others.is.filter(
    ({ relation, at, isTarget }) =>
      isTarget !== true &&
      (relation === 'neighbour' || relation === 'unknown') &&
      isAfter(at, after(onset.at, -300)) &&
      isAfter(after(onset.until, 240), at),
  );
  return clue(
    share((together.length - 2) / 5),
    `${together.length} others turned to alarm at the same time, among them ${together[0]?.about ?? ''}.`,
  );
};

/** A release of a dependency just before the harm is as suspect as the own release. */
export const dependencyDeployed: ClueReader = ({ facts, onset }) => {
  if (facts.otherDeployments?.known !== true) return null;
  const recent = facts.otherDeployments.is.filter(
    ({ relation, startedAt, notBefore = startedAt }) =>
      relation === 'dependency' &&
      isAfter(onset.until, notBefore) &&
      minutesBetween(startedAt, onset.until) <= 15,
  );
  const [one] = recent;
  if (one === undefined) return null;
  const gap = Math.max(0, minutesBetween(one.startedAt, onset.until));
  return clue(
    1 - gap / 20,
    `${one.target}, on which it depends, was deployed ${inMinutes(gap * 60)} before.`,
  );
};

/** A flag, a parameter or a secret that it reads was changed just before. */
export const readsSomethingChanged: ClueReader = (scene) => {
  const { rise } = scene;
  const last = lastChange(scene);
  if (last === undefined) return null;
  return clue(
    1 - Math.max(0, minutesBetween(last.at, rise)) / 20,
    `The ${last.kind} ${last.subject}, which it reads, was changed ${inMinutes(Math.max(0, minutesBetween(last.at, rise)) * 60)} before.`,
  );
};

/** Returns the last change of what it reads, shortly before the harm. */
export function lastChange({ facts, rise }: Scene): Change | undefined {
  if (facts.changes?.known !== true) return undefined;
  return facts.changes.is.findLast(
    ({ relation, at }) =>
      relation === 'this' && isAfter(after(rise, 120), at) && minutesBetween(at, rise) <= 10,
  );
}

/** Harm in only one zone comes from the zone, because a release is in all of them. */
export const oneZoneHurts: ClueReader = ({ measured, rise }) => {
  const isCut = lacksAZone(inZones(measured, 'requests'));
  const extra = inZones(measured, 'errors').map(({ zone, series }) => ({
    zone,
    more: moreErrors(isCut ? withoutNewest(series) : series, rise),
  }));
  const [most, ...others] = extra.toSorted((one, other) => other.more - one.more);
  if (most === undefined || others.length === 0) return null;
  const total = others.reduce((sum, { more }) => sum + more, most.more);
  if (total < MIN_MORE_ERRORS) return null;
  return clue(share((most.more / total - 0.6) / 0.3), `Nearly all errors come from zone ${most.zone}.`);
};

interface InZone {
  readonly zone: string;
  readonly series: Series;
}

function inZones(measured: readonly Measured[], wanted: Measured['metric']): readonly InZone[] {
  return measured.flatMap(({ metric, relation, zone, yesterday, series }) =>
    metric === wanted && relation === 'this' && zone !== undefined && yesterday === undefined
      ? [{ zone, series }]
      : [],
  );
}

/** Says whether a zone had requests a minute ago, and none are known of the newest minute, which comes in parts. */
function lacksAZone(requests: readonly InZone[]): boolean {
  return requests.some(
    ({ series: { values } }) => values.at(-1) === null && (values.at(-2) ?? null) !== null,
  );
}

function withoutNewest(series: Series): Series {
  return { ...series, values: series.values.slice(0, -1) };
}

/** Fewer errors a minute do not distinguish a zone. */
const MIN_MORE_ERRORS = 3;

/** Returns the errors a minute since the rise, beyond those before. A minute without a count has none. */
function moreErrors({ values, ...series }: Series, rise: Instant): number {
  const level = levelOf({ ...series, values: values.map((value) => value ?? 0) });
  const at = indexAt(level, rise);
  const now = median(between(level, at, level.values.length));
  return Math.max(0, now - median(between(level, at - 40, at - 2)));
}
