import fc, { type Arbitrary } from 'fast-check';
import { playStory, type Breach, type Played } from './play.ts';
import { DRAWN_EVENLY, scattered } from './stories.ts';
import type { Story } from './story.ts';

/** A story in its shortest form that still breaks an invariant. */
export interface Shrunk {
  readonly story: Story;
  readonly breaches: readonly Breach[];
}

/**
 * Reduces the story of one play while it breaks the same invariant. Each try is a play.
 * @param limitMs real milliseconds after which the shortest so far is taken
 * @returns null if the play breaks it no more
 */
export async function shrink(
  stories: Arbitrary<Story>,
  { seed, place, invariant }: { readonly seed: number; readonly place: number; readonly invariant: string },
  limitMs: number,
  play: (story: Story) => Promise<Pick<Played, 'breaches'>> = playStory,
): Promise<Shrunk | null> {
  let shortest: Shrunk | null = null;
  const holds = fc.asyncProperty(stories, async (story) => {
    const { breaches } = await play(story);
    const isBroken = breaches.some((breach) => breach.invariant === invariant);
    if (isBroken) shortest = { story, breaches };
    return !isBroken;
  });
  const parameters = { ...DRAWN_EVENLY, seed: scattered(seed, place), numRuns: 1 };
  await fc.check(holds, { ...parameters, interruptAfterTimeLimit: limitMs });
  return shortest;
}
