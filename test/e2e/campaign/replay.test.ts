import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { playStory } from '../../../local/campaign/play.ts';
import { shown } from '../../../local/campaign/shown.ts';
import { storiesOf, storyAt } from '../../../local/campaign/stories.ts';
import type { Story } from '../../../local/campaign/story.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

async function textOf(story: Story): Promise<string> {
  let text = '';
  await playStory(story, (night) => (text = shown(night)));
  return text;
}

describe('a generated story', () => {
  const stories = storiesOf(['ecs']);
  const all = Array.from({ length: 2_000 }, (_, place) => storyAt(stories, 3, place)).filter(
    ({ ground, settings }) => ground === 'ecs/ECS/rolling' && settings.tags['lastgood'] === 'auto',
  );

  it.each([false, true])('plays again to the millisecond, interleaved %s', async (interleaved) => {
    const story = all.find(
      ({ settings, steps, minutes }) =>
        settings.interleaved === interleaved &&
        steps.some((step) => step.with['way'] === 'errors' && step.at < (minutes - 15) * 60),
    );
    if (story === undefined) throw new Error('no story has this');
    const text = await textOf(story);
    expect(text).toMatch(/Claim: holds/);
    expect(await textOf(story)).toBe(text);
  });
});

describe('a kept story', () => {
  const files = globSync('local/campaign/kept/*.json', { cwd: ROOT }).toSorted();

  it.each(files)('breaks no invariant: %s', async (file) => {
    const { breaches } = await playStory(JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as Story);
    expect(breaches).toEqual([]);
  });
});
