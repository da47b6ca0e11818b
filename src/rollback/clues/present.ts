import { clue, type ClueReader } from './clue.ts';
import { indexAt, isHigh } from './levels.ts';
import type { Scene } from './scene.ts';

/** This many whole minutes must be healthy again. */
const LAST_MINUTES = 2;

/** Above this share of the worst minute it still counts as harm. */
const STILL_HARM = 0.3;

/** Harm that rises again by this share of the worst minute comes and goes. */
const ROSE_AGAIN = 0.25;

/** A target whose last whole minutes are healthy needs no rollback. */
export const isWellAgain: ClueReader = (scene) => {
  const minutes = minutesSince(scene);
  const last = minutes.slice(1).slice(-LAST_MINUTES);
  if (last.length < LAST_MINUTES) return null;
  return clue(last.every(({ isWell }) => isWell) ? 1 : 0, `${presentOf(scene)}.`);
};

/** Returns how a target is whose last minutes are healthy. Where no minute rose, the alarm may be about something else. */
export function presentOf(scene: Scene): string {
  return sawHarm(scene) ? 'The target is healthy again' : 'The measurements of the target show no harm';
}

/** Says whether the measurements rose since the harm began. */
export function sawHarm(scene: Scene): boolean {
  return minutesSince(scene).some(({ isHigh: high }) => high);
}

/** The harm decreases, as after a cold start. Harm that went and rose again, as of tasks that crash in turn, does not. */
export const isPassing: ClueReader = (scene) => {
  const minutes = minutesSince(scene);
  const last = minutes.at(-1);
  if (last === undefined || minutes.length < 2 || roseAgain(minutes)) return null;
  if (isRed(scene) && !minutes.some(({ isHigh: high }) => high)) return null;
  return clue((1 - last.share - 0.3) / 0.6, 'The harm decreases.');
};

/** A red alarm whose harm no minute shows measures something else: no target counts the errors of tasks that crash. */
function isRed({ facts: { alarm } }: Scene): boolean {
  return alarm?.known === true && alarm.is.state === 'ALARM';
}

function roseAgain(minutes: readonly { readonly share: number }[]): boolean {
  const worst = minutes.findIndex(({ share }) => share === 1);
  let lowest = 1;
  return minutes.slice(worst).some(({ share }) => {
    lowest = Math.min(lowest, share);
    return share - lowest >= ROSE_AGAIN;
  });
}

/** Returns the minutes since the harm began, with their share of the worst one. */
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
    isHigh: high,
    isWell: !high && excess / worst < STILL_HARM,
  }));
}
