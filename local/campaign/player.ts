/** A process of a campaign: see `campaign.ts`. */
import '../scenarios/silence-logs.ts';
import { answering } from '../crew.ts';
import { playStory, type Played } from './play.ts';
import { shrink, type Shrunk } from './shrink.ts';
import { storiesOf, storyOf, type Place } from './stories.ts';

/** One play of a campaign, or the shrinking of one that broke an invariant. */
export interface Task extends Place {
  /** Shrinks the play for so many milliseconds instead of only playing it. */
  readonly shrinks?: { readonly invariant: string; readonly limitMs: number };
}

export type Answer =
  { readonly played: Played } | { readonly shrunk: Shrunk | null } | { readonly problem: string };

answering((task: Task) => answerTo(task).catch(problemOf));

async function answerTo(task: Task): Promise<Answer> {
  const { seed, place, kinds, shrinks } = task;
  if (shrinks === undefined) return { played: await playStory(storyOf(task)) };
  const { invariant, limitMs } = shrinks;
  return { shrunk: await shrink(storiesOf(kinds), { seed, place, invariant }, limitMs) };
}

function problemOf(error: unknown): Answer {
  return { problem: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
