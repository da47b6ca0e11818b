import { describe, expect, it } from 'vitest';
import { ACTS } from '../../../local/campaign/acts/all.ts';
import { FAULTS } from '../../../local/campaign/faults/all.ts';
import { GROUNDS } from '../../../local/campaign/grounds.ts';
import { nameOf } from '../../../local/campaign/ground.ts';
import { shrink } from '../../../local/campaign/shrink.ts';
import { scattered, storiesOf, storyAt } from '../../../local/campaign/stories.ts';
import type { Story } from '../../../local/campaign/story.ts';
import { read, storyIn, written } from '../../../local/campaign/written.ts';

const stories = storiesOf();
const many = Array.from({ length: 1_200 }, (_, place) => storyAt(stories, 5, place));

/** Breaks an invariant where a release of this way is in the story. */
const breaksAt = (way: string) => (story: Story) =>
  Promise.resolve({
    breaches: story.steps.some((step) => step.with['way'] === way)
      ? [{ invariant: 'made-up', saw: way }]
      : [],
  });

describe('generated stories', () => {
  it('are the same for the same seed and place, and differ otherwise', () => {
    expect(storyAt(storiesOf(), 5, 3)).toEqual(many[3]);
    expect(new Set(many.map(written)).size).toBe(many.length);
    expect(scattered(5, 3)).not.toBe(scattered(3, 5));
  });

  it('reach every ground, act and fault', () => {
    expect(new Set(many.map(({ ground }) => ground))).toEqual(new Set(GROUNDS.map(nameOf)));
    const whats = new Set(many.flatMap(({ steps }) => steps.map(({ what }) => what)));
    expect(whats).toEqual(new Set([...ACTS, ...FAULTS].map(({ name }) => name)));
  });

  it('are about the named kinds only', () => {
    const kind = GROUNDS[0]?.kind ?? '';
    const ofOne = Array.from({ length: 20 }, (_, place) => storyAt(storiesOf([kind]), 5, place));
    expect(ofOne.every(({ ground }) => ground.startsWith(`${kind}/`))).toBe(true);
  });

  it('are written as one word and read again', () => {
    for (const story of many.slice(0, 20)) expect(read(written(story))).toEqual(story);
    expect(written(many[0] as Story)).toMatch(/^[\w-]+$/);
    expect(() => read('nonsense')).toThrow(/copy the whole command/);
  });

  it.each([
    ['nonsense', /this is no story/],
    ['null', /this is no story/],
    ['{"seed":1}', /this is no story/],
    [JSON.stringify({ ...many[0], ground: 'ecs/ECS/gone' }), /no ground is named "ecs\/ECS\/gone"/],
    [
      JSON.stringify({ ...many[0], steps: [{ at: 1, what: 'gone', with: {} }] }),
      /no act and no fault is named "gone"/,
    ],
  ])('are refused where they cannot be played: %s', (text, problem) => {
    expect(() => storyIn(text)).toThrow(problem);
  });

  it('have their steps in the order of time', () => {
    for (const { steps } of many)
      expect(steps.map(({ at }) => at)).toEqual(
        steps.map(({ at }) => at).toSorted((one, other) => one - other),
      );
  });
});

describe('shrinking', () => {
  it('leaves the one step that breaks the invariant', async () => {
    const place = many.findIndex(
      ({ steps }) => steps.length > 4 && steps.some((step) => step.with['way'] === 'errors'),
    );
    const shrunk = await shrink(
      stories,
      { seed: 5, place, invariant: 'made-up' },
      30_000,
      breaksAt('errors'),
    );
    expect(shrunk?.story.steps.map((step) => step.with['way'])).toEqual(['errors']);
    expect(shrunk?.breaches).toEqual([{ invariant: 'made-up', saw: 'errors' }]);
  });

  it('finds nothing where the play breaks nothing', async () => {
    const holds = () => Promise.resolve({ breaches: [] });
    expect(await shrink(stories, { seed: 5, place: 1, invariant: 'made-up' }, 30_000, holds)).toBeNull();
  });
});
