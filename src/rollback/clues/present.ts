import { clue, type ClueReader } from './clue.ts';
import { indexAt, isHigh } from './levels.ts';
import type { Scene } from './scene.ts';

/** So many whole minutes must be well again. */
const LAST_MINUTES = 2;

/** It still counts as harm above this share of the worst minute. */
const STILL_HARM = 0.3;

/** The last whole minutes: what is well again needs no rollback. */
export const isWellAgain: ClueReader = (scene) => {
  const last = minutesSince(scene).slice(1).slice(-LAST_MINUTES);
  if (last.length < LAST_MINUTES) return null;
  return clue(last.every(({ isWell }) => isWell) ? 1 : 0, 'It is well again by now.');
};

/** It gets better: a cold start passes. */
export const isPassing: ClueReader = (scene) => {
  const minutes = minutesSince(scene);
  const last = minutes.at(-1);
  if (last === undefined || minutes.length < 2) return null;
  return clue((1 - last.share - 0.3) / 0.6, 'It gets better.');
};

/** The minutes since it began, with their share of the worst one. */
function minutesSince({ level, usual, rise }: Scene) {
  if (level === null || usual === null) return [];
  const from = indexAt(level, rise);
  const minutes = level.values.flatMap((value, at) =>
    at < from || value === null
      ? []
      : [{ excess: Math.max(0, value - usual.middle), isHigh: isHigh(level, at, usual) }],
  );
  const worst = Math.max(...minutes.map(({ excess }) => excess), 1e-9);
  return minutes.map(({ excess, isHigh: high }) => ({
    share: excess / worst,
    isWell: !high && excess / worst < STILL_HARM,
  }));
}
