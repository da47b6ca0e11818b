import { describe, expect, it } from 'vitest';
import { playAll, type Play, type Played } from '../../../local/scenarios/players.ts';

const player = new URL('../../fakes/player.ts', import.meta.url);

async function played(seeds: readonly number[], count: number): Promise<readonly Played[]> {
  const plays: readonly Play[] = seeds.map((seed) => ({ name: 'a-story', seed }));
  const told: Played[] = [];
  await playAll(plays, { count, player, onPlayed: (one) => void told.push(one) });
  return told.toSorted((one, other) => one.seed - other.seed);
}

describe('playing with many seeds', () => {
  it('plays each once, whoever plays it, and tells what did not end as it must', async () => {
    expect(await played([1, 2, 3, 4, 5], 2)).toEqual([
      { name: 'a-story', seed: 1, problems: [] },
      { name: 'a-story', seed: 2, problems: ['a-story broke'] },
      { name: 'a-story', seed: 3, problems: [] },
      { name: 'a-story', seed: 4, problems: ['a-story broke'] },
      { name: 'a-story', seed: 5, problems: [] },
    ]);
  });

  it('fails the play whose process ends, and plays the rest in a new one', async () => {
    expect(await played([1, 13, 15], 1)).toEqual([
      { name: 'a-story', seed: 1, problems: [] },
      { name: 'a-story', seed: 13, problems: ['its process ended before the play did, or hung'] },
      { name: 'a-story', seed: 15, problems: [] },
    ]);
  });
});
