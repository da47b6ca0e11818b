import { earliestStart } from '../sights.ts';
import { after, inMinutes, isAfter } from '../time.ts';
import { clue, type ClueReader } from './clue.ts';
import type { Instant } from '../request.ts';
import { indexAt, instantAt, levelOf, seriesFor } from './levels.ts';
import { growsSinceThen } from './trend.ts';
import { isRange, minutesBetween, share, type Scene } from './scene.ts';

const DAY_MINUTES = 1440;

/** Harm shows in whole minutes, and new tasks need as long to take traffic. */
const SLACK_MINUTES = 1;

/**
 * A bad release hurts as soon as it takes traffic. The clue computes how seldom another harm begins so soon after a
 * deployment by chance, from how often the target is deployed. If sights leave the beginning open, the earliest counts,
 * which speaks least for it.
 */
export const beganWithIt: ClueReader = (scene) => {
  const { suspect, older, rise, now } = scene;
  const served = firstServed(scene);
  const took = stepOf(scene) ?? served ?? earliestStart(suspect);
  const gap = Math.max(0, minutesBetween(took, rise));
  const atMost = suspect.sights !== undefined && took === suspect.sights.notBefore ? 'at most ' : '';
  const oldest = older.at(-1) ?? suspect;
  const span = Math.max(DAY_MINUTES, minutesBetween(oldest.startedAt, now));
  const perDay =
    ((older.length + 1) * DAY_MINUTES) /
    (older.length >= BUSY ? minutesBetween(oldest.startedAt, now) : span);
  const chance = Math.min(1, (perDay * (gap + SLACK_MINUTES)) / DAY_MINUTES);
  return clue(
    share(-Math.log10(chance) / 2),
    `The harm began ${atMost}${inMinutes(gap * 60)} after the ${took === served ? 'first request to' : 'deployment of'} ${suspect.revision.name}, ${percentAtLeastOne(chance)} likely by chance.`,
  );
};

/** From this many deployments on the list of a plan is full, and its span shows how often they come. */
const BUSY = 8;

/**
 * A deployment did not cause harm that began before it. For a range the side is unknown. If sights leave the beginning
 * open, only harm before the earliest one counts.
 */
export const beganBeforeIt: ClueReader = (scene) => {
  const { suspect, onset } = scene;
  if (isRange(onset)) return null;
  const before = minutesBetween(withinItsMinute(scene), earliestStart(suspect));
  return clue(
    share(before),
    `The harm began to rise ${inMinutes(before * 60)} before the deployment of ${suspect.revision.name}.`,
  );
};

/**
 * Returns when the harm began within the minute of its rise. A share of errors adds up over a minute, so the part of the
 * next minute's share that the first one has is the part of the minute which the harm filled, up to its end. A p95 does
 * not add up: it is high in a minute that was slow for its last seconds.
 */
function withinItsMinute({ level, usual, rise, harm }: Scene): Instant {
  if (level === null || usual === null) return rise;
  if (harm === 'latency') return after(rise, 60);
  const at = indexAt(level, rise);
  const [first, next] = [level.values[at], level.values[at + 1]].map((value) => (value ?? 0) - usual.middle);
  if (first === undefined || next === undefined || first <= 0 || next <= first) return rise;
  return after(rise, 60 * (1 - first / next));
}

/**
 * The suspect took traffic for some time without harm. The first minutes prove most: a fault that waits for ten may
 * wait for twenty. A leak needs time. If sights leave the beginning open, only the time after the latest one counts.
 */
export const ranWellFirst: ClueReader = (scene) => {
  const { suspect, onset, rise, now } = scene;
  const took = tookTraffic(scene);
  const out = suspect.finishedAt ?? now;
  const whole = Math.max(0, minutesBetween(isAfter(took, out) ? took : out, rise));
  const part = Math.max(0, minutesBetween(took, isAfter(out, rise) ? rise : out) - AT_ONCE_MINUTES);
  const leaks = growsSinceThen(scene)?.strength ?? 0;
  return clue(
    Math.sqrt(share((whole + Math.min(part / 2, 12) - 1) / RAN_WELL_MINUTES)) * (leaks > 0.5 ? 1 - leaks : 1),
    `${suspect.revision.name} ${isRange(onset) ? 'may have' : 'had'} run for ${inMinutes(minutesBetween(took, rise) * 60)} when the harm began.`,
  );
};

/** Longer time without harm proves no more. */
const RAN_WELL_MINUTES = 45;

/** A release takes its first traffic within this time: new tasks start, become healthy and receive requests. */
const AT_ONCE_MINUTES = 6;

/** A step of a traffic shift: this much more of all requests than in the minute before. */
const STEP = 0.08;

/**
 * Returns when the revision of the suspect last gained a step of the requests before the harm rose, where AWS measures
 * its side. Otherwise returns when an idle target was first served, or when its deployment began, at the latest.
 */
export function tookTraffic(scene: Scene): Instant {
  return stepOf(scene) ?? firstServed(scene) ?? scene.suspect.startedAt;
}

/** A target that received no request for so long, in minutes, was idle. */
const IDLE_MINUTES = 5;

/**
 * Returns when a target that was idle since the deployment began received its first request. No revision can hurt users
 * before that: a service that ran no task, as at night. Null: it was served, is proven, or its requests are not measured.
 */
export function firstServed({ measured, suspect, rise }: Scene): Instant | null {
  const requests = seriesFor(measured, 'requests');
  if (requests === null || suspect.isProven === true) return null;
  const level = levelOf(requests);
  const from = indexAt(level, suspect.startedAt);
  if (from < 0) return null;
  const first = level.values.findIndex((count, at) => at >= from && (count ?? 0) > 0);
  const isIdle = first - from >= IDLE_MINUTES && first <= indexAt(level, rise);
  return isIdle ? instantAt(level, first) : null;
}

/** Returns when the suspect last gained a step of the requests. Each step of a canary counts. Null: none is known. */
function stepOf({ measured, suspect, rise }: Scene): Instant | null {
  const own = seriesFor(measured, 'requests', { revision: suspect.revision.id });
  const all = seriesFor(measured, 'requests');
  if (own === null || all === null) return null;
  const [side, whole] = [levelOf(own), levelOf(all)];
  const earliest = earliestStart(suspect);
  const began = Math.max(0, indexAt(side, earliest));
  const partAt = (at: number) =>
    (side.values[at] ?? 0) / Math.max(1, whole.values[indexAt(whole, instantAt(side, at))] ?? 0);
  for (let at = indexAt(side, rise); at >= began; at--)
    if (partAt(at) - partAt(at - 1) >= STEP) return latest(earliest, instantAt(side, at));
  return null;
}

const latest = (one: Instant, other: Instant): Instant => (isAfter(one, other) ? one : other);

function percentAtLeastOne(part: number): string {
  return part < 0.01 ? 'less than 1 %' : `${Math.round(part * 100)} %`;
}
