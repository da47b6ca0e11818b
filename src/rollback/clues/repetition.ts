import { after, secondsBetween } from '../time.ts';
import type { StateChange } from '../facts.ts';
import type { Deployment } from '../plan.ts';
import type { Instant } from '../request.ts';
import { earliestStart } from '../sights.ts';
import { isReturn } from '../suspect.ts';
import { clue, type ClueReader } from './clue.ts';
import { between, indexAt, isHigh, median, usualOf, riseOf, type Level, type Usual } from './levels.ts';
import { harmLevel, minutesBetween, share, since } from './scene.ts';

/** Harm at this hour of every day comes from a job, not from a release. */
export const hurtYesterday: ClueReader = (scene) => {
  const { harm, measured, rise, level, usual } = scene;
  const before = harm === null ? null : harmLevel(measured, harm, { yesterday: true });
  if (before === null || level === null || usual === null) return null;
  const start = indexAt(before, after(rise, -86_400));
  const usualThen = usualOf(between(before, start - 30, start - 5));
  if (usualThen === null) return null;
  const then = between(before, start - 3, start + 12);
  const now = since(level, rise);
  if (then.length === 0 || now.length === 0) return null;
  const high = then.filter((value) => riseOf(value, median(before.noise), usualThen) >= 1);
  if (high.length < 2) return null;
  const sizeThen = Math.max(...then) - usualThen.middle;
  const sizeNow = Math.max(...now) - usual.middle;
  return clue(share(sizeThen / Math.max(sizeNow, 1e-9) / 0.6), 'The same harm came at this hour yesterday.');
};

/**
 * A flapping alarm proves little against the deployment before it. The clue computes how likely the alarm turns by
 * chance between the deployment and the harm, from how often it turns.
 */
export const alarmComesAndGoes: ClueReader = ({ facts, rise, suspect, older }) => {
  if (!facts.history.known) return null;
  const turns = facts.history.is.filter(
    ({ at, to }) =>
      to === 'ALARM' && secondsBetween(at, rise) > 600 && secondsBetween(at, rise) < HISTORY_MINUTES * 60,
  );
  const own = turns.filter((turn) => !older.some(({ startedAt }) => follows(turn, startedAt)));
  if (own.length < 2) return null;
  const gap = Math.max(0, minutesBetween(earliestStart(suspect), rise)) + 1;
  const chance = 1 - Math.exp((-own.length * gap) / HISTORY_MINUTES);
  return clue(
    1 + Math.log10(chance) / 2,
    `The alarm turned ${own.length} times within the last day without a deployment before it.`,
  );
};

/** The clue reads this much of the history of an alarm. */
const HISTORY_MINUTES = 26 * 60;

function follows({ at }: StateChange, startedAt: Instant): boolean {
  const gap = minutesBetween(startedAt, at);
  return gap >= 0 && gap <= 30;
}

/**
 * The same harm rose as high after earlier releases, and passed: cold starts are usual here. Harm that passes after a
 * way back came from the revision before that.
 */
export const earlierReleasesHurtBriefly: ClueReader = (scene) => {
  const { older, level, usual, suspect, rise } = scene;
  if (level === null || usual === null) return null;
  const known = releasesIn(suspect, older).filter(({ startedAt }) => indexAt(level, startedAt) >= 10);
  if (known.length === 0) return null;
  const blips = known.map(({ startedAt, next, isLeft }) =>
    isLeft ? NONE : blipAfter(startedAt, next, level, usual),
  );
  const now = blipIn(indexAt(level, rise), level.values.length, level, usual);
  const alike = blips.filter(
    ({ minutes, peak }) => minutes > 0 && minutes + 2 >= now.minutes && peak >= now.peak / 3,
  );
  return clue(
    share((alike.length / known.length) * 1.2),
    `After ${alike.length} of the ${known.length} earlier releases the same harm rose and passed.`,
  );
};

interface Release extends Pick<Deployment, 'startedAt'> {
  readonly next: Deployment;
  /** The next deployment is a way back from it. */
  readonly isLeft: boolean;
}

/** Returns the releases without the ways back, newest first. */
function releasesIn(suspect: Deployment, older: readonly Deployment[]): readonly Release[] {
  return older.flatMap((one, at) => {
    const before = older.slice(at + 1);
    if (isReturn(one, before)) return [];
    const next = older[at - 1] ?? suspect;
    return [{ startedAt: one.startedAt, next, isLeft: isReturn(next, [one, ...before]) }];
  });
}

interface Blip {
  /** The number of high minutes; zero where the harm did not pass. */
  readonly minutes: number;
  readonly peak: number;
}

const NONE: Blip = { minutes: 0, peak: 0 };

const BLIP_WITHIN_MINUTES = 20;

function blipAfter(
  startedAt: Instant,
  next: Pick<Deployment, 'startedAt'>,
  level: Level,
  usual: Usual,
): Blip {
  const from = indexAt(level, startedAt);
  const to = Math.min(from + BLIP_WITHIN_MINUTES, indexAt(level, next.startedAt));
  const blip = blipIn(from, to, level, usual);
  return blip.minutes < to - from ? blip : NONE;
}

function blipIn(from: number, to: number, level: Level, usual: Usual): Blip {
  const rises = level.values.flatMap((value, at) =>
    at >= from && at < to && value !== null && isHigh(level, at, usual) ? [value - usual.middle] : [],
  );
  return { minutes: rises.length, peak: Math.max(0, ...rises) };
}
