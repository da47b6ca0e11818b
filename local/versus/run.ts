import { openStage, type Stage } from '../scenarios/stage.ts';
import type { Arm } from './arms.ts';
import { noticed, stretchesOf, type Measured } from './measure.ts';
import { watchSignals } from './signals.ts';
import type { Opened, Story } from './story.ts';
import { rollbacksIn } from '../scenarios/rollbacks.ts';

const MINUTE = 60_000;
/** A run ends after so many quiet minutes. */
const STEADY_MINUTES = 5;

/** One release of a story that was played: what it cost, and whether AWS or Lastgood took it back. */
export interface Run extends Measured {
  readonly takenBack: boolean;
}

/**
 * Plays a story in an arm. Ends once users were served steadily after the fault, or the release was taken back, and no
 * rollback runs; or at the story's cap.
 * @param moment of the minute in which the release comes, from 0 to 1; drawn from the seed where it is left out
 */
export async function runStory(story: Story, arm: Arm, seed: number, moment?: number): Promise<Run> {
  const stage = await openStage({ seed, fast: true });
  try {
    const opened = await story.open(stage, arm);
    // The place in the minute decides how long the first bad minute takes to end.
    await stage.minutes(moment ?? stage.world.random('versus/moment').next());
    const began = stage.world.clock.now();
    const callsBefore = stage.runtime.wire.calls.length;
    const signal = watchSignals(stage);
    opened.release();
    while (stage.world.clock.now() < began + story.capMinutes * MINUTE && !isOver(stage, opened, began))
      await stage.minutes(0.5);
    return {
      ...noticed(stage.traffic.history(), began, stage.world.clock.now()),
      firstSignal: secondsFrom(began, signal()),
      alarm: secondsFrom(began, alarmAt(stage, began)),
      firstWrite: secondsFrom(began, firstWriteAt(stage, callsBefore)),
      takenBack: opened.wentBackNatively() || firstWriteAt(stage, callsBefore) !== null,
    };
  } finally {
    await stage.close();
  }
}

function isOver(stage: Stage, opened: Opened, began: number): boolean {
  if (rollbacksIn(stage.runtime).some(({ status }) => status === 'RUNNING')) return false;
  const last = stretchesOf(stage.traffic.history(), began).at(-1);
  if (last?.until === null) return false;
  const isKnown = last !== undefined || opened.wentBackNatively() || writesOf(stage) > 0;
  const quietSince = last?.until ?? began;
  return isKnown && stage.world.clock.now() - quietSince >= STEADY_MINUTES * MINUTE;
}

function writesOf(stage: Stage): number {
  return stage.journal.writes().length;
}

/** Returns when the first alarm turned since the release, in milliseconds since the epoch. */
function alarmAt(stage: Stage, began: number): number | null {
  const turned = stage.journal
    .happenings()
    .find(({ at, what }) => Date.parse(at) >= began && /^alarm .* is ALARM$/.test(what));
  return turned === undefined ? null : Date.parse(turned.at);
}

/** Returns when AWS accepted Lastgood's first write to the target, after so many calls. */
function firstWriteAt(stage: Stage, after: number): number | null {
  const write = stage.runtime.wire.calls.slice(after).find((call) => stage.journal.isWrite(call));
  return write === undefined ? null : Date.parse(write.at);
}

function secondsFrom(began: number, instant: number | null): number | null {
  return instant === null ? null : Math.round((instant - began) / 1000);
}
