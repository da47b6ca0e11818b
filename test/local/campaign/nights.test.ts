import { describe, expect, it } from 'vitest';
import { ACTS } from '../../../local/campaign/acts/all.ts';
import { FAULTS } from '../../../local/campaign/faults/all.ts';
import { GROUNDS } from '../../../local/campaign/grounds.ts';
import { nameOf } from '../../../local/campaign/ground.ts';
import { PLANTS } from '../../../local/campaign/planted/all.ts';
import { ordinaryOf } from '../../../local/campaign/planted/nights.ts';
import { storyAt, storiesOf, storyOf } from '../../../local/campaign/stories.ts';

const KNOWN = new Set([...ACTS, ...FAULTS].map(({ name }) => name));
const KINDS = [...new Set(GROUNDS.map(({ kind }) => kind))];

describe('stories of planted faults', () => {
  it.each(KINDS)('have acts, faults and grounds that exist, for %s', (kind) => {
    const written = PLANTS.flatMap(({ story }) => story ?? []);
    const all = [...ordinaryOf([kind]), ...written];
    expect(
      all.flatMap(({ steps }) => steps.map(({ what }) => what)).filter((what) => !KNOWN.has(what)),
    ).toEqual([]);
    expect(all.map(({ ground }) => ground).filter((ground) => !GROUNDS.map(nameOf).includes(ground))).toEqual(
      [],
    );
  });

  it('are none for a kind without a ground', () => {
    expect(ordinaryOf(['teapot'])).toEqual([]);
  });
});

describe('the story of a place', () => {
  it('is the written one, or a drawn one with the settings of the plant', () => {
    const [written] = ordinaryOf(['ecs']);
    const place = { seed: 5, place: 3, kinds: ['ecs'] };
    const drawn = storyAt(storiesOf(['ecs']), 5, 3);
    expect(storyOf({ ...place, ...(written && { story: written }) })).toBe(written);
    expect(storyOf(place)).toEqual(drawn);
    expect(storyOf({ ...place, settings: { count: 9 } })).toEqual({
      ...drawn,
      settings: { ...drawn.settings, count: 9 },
    });
  });
});
