import fc, { type Arbitrary } from 'fast-check';
import { ACTS } from './acts/all.ts';
import { FAULTS } from './faults/all.ts';
import { ACTIONS } from './denied.ts';
import { GROUNDS } from './grounds.ts';
import { nameOf } from './ground.ts';
import { DEPENDENCY } from './neighbours.ts';
import type { AlarmSettings, Settings, Step, Story } from './story.ts';

const LAST_STEP_MINUTES = 75;

/** Returns stories about kinds of targets; of every kind if none is named. */
export function storiesOf(kinds: readonly string[] = []): Arbitrary<Story> {
  const names = GROUNDS.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind)).map(nameOf);
  return fc.record({
    seed: fc.noShrink(fc.nat({ max: 0x7fffffff })),
    ground: fc.noShrink(fc.constantFrom(...names)),
    settings,
    steps: fc
      .tuple(fc.array(actStep, { maxLength: 7 }), fc.array(faultStep, { maxLength: 4 }))
      .map(([acts, faults]) => inOrder([...acts, ...faults])),
    minutes: fc.integer({ min: 30, max: LAST_STEP_MINUTES + 30 }),
  });
}

/** A step whose time may be drawn as seconds after the first release, or before it. */
interface Drawn extends Step {
  readonly near: number | null;
}

/** Returns the steps in the order of time. Those that are near the first release get their time from it. */
function inOrder(steps: readonly Drawn[]): readonly Step[] {
  const release = steps.find(({ what }) => what === 'release');
  return steps
    .map(({ near, ...step }) =>
      near === null || release === undefined ? step : { ...step, at: Math.max(0, release.at + near) },
    )
    .toSorted((one, other) => one.at - other.at);
}

const at = fc.integer({ min: 0, max: LAST_STEP_MINUTES * 60 });

/** A rollback is over some minutes after the release that it leaves: two of three steps come then, or just before. */
const near = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: -120, max: 900 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);

/** Most acts are releases: without one there is nothing to go back from. */
const actStep: Arbitrary<Drawn> = fc.oneof(
  ...ACTS.map(({ name, draws }) => ({
    weight: name === 'release' ? ACTS.length : 1,
    arbitrary: fc.record({
      ...{ at, what: fc.constant(name), with: draws },
      near: name === 'release' ? fc.constant(null) : near,
    }),
  })),
);

const seconds = fc.oneof(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 60, max: 5400 }));

const faultStep: Arbitrary<Drawn> = fc.oneof(
  ...FAULTS.map(({ name, draws }) =>
    fc.record({
      ...{ at, near },
      what: fc.constant(name),
      with: fc.tuple(draws, seconds).map(([given, lasts]) => ({ ...given, seconds: lasts })),
    }),
  ),
);

const alarm: Arbitrary<AlarmSettings> = fc.record({
  on: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('share', 'count') },
    { weight: 2, arbitrary: fc.constant('unhealthy' as const) },
    fc.constant('band' as const),
  ),
  minutes: fc.constantFrom(1, 2, 3),
  missing: fc.constantFrom('missing', 'notBreaching', 'breaching', 'ignore'),
  composite: fc.boolean(),
});

const tags: Arbitrary<Settings['tags']> = fc
  .record(
    {
      lastgood: fc.oneof(
        { weight: 6, arbitrary: fc.constant('auto') },
        { weight: 2, arbitrary: fc.constant('approve') },
        fc.constantFrom('observe', 'none'),
      ),
      'lastgood:soak': fc.constantFrom('1', '5', '15'),
      'lastgood:cooldown': fc.constantFrom('0', '10', '60'),
      'lastgood:countdown': fc.constantFrom('1', '5', '10'),
      'lastgood:silence': fc.constantFrom('go', 'stay'),
      'lastgood:lookout': fc.constantFrom('act', 'observe'),
      'lastgood:proof': fc.constantFrom('1', '5'),
      'lastgood:window': fc.constantFrom('10', '60', '240'),
      needs: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true)),
    },
    { requiredKeys: ['lastgood', 'lastgood:soak', 'needs'] },
  )
  .map(({ needs, ...drawn }) => ({ ...drawn, ...(needs && { 'lastgood:needs': DEPENDENCY }) }));

const settings: Arbitrary<Settings> = fc.record({
  tags,
  count: fc.integer({ min: 1, max: 6 }),
  alarm,
  proven: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
  slowness: fc.boolean(),
  interleaved: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
  scaling: fc.oneof(
    { weight: 6, arbitrary: fc.constant('none' as const) },
    { weight: 3, arbitrary: fc.constantFrom('tracked', 'steps') },
    fc.constant('tagged' as const),
  ),
  denied: fc.oneof({ weight: 14, arbitrary: fc.constant('none') }, fc.constantFrom(...ACTIONS)),
});

/** Where a story is found. */
export interface Place {
  readonly seed: number;
  readonly place: number;
  readonly kinds: readonly string[];
  /** This story instead of a drawn one. */
  readonly story?: Story;
  /** Settings that replace those of a drawn story. */
  readonly settings?: Partial<Settings>;
}

export function storyOf({ seed, place, kinds, story, settings }: Place): Story {
  if (story !== undefined) return story;
  const drawn = storyAt(storiesOf(kinds), seed, place);
  return { ...drawn, settings: { ...drawn.settings, ...settings } };
}

/** Values are drawn evenly. Of a first run, fast-check draws every other value near the ends of its range. */
export const DRAWN_EVENLY = { unbiased: true } as const;

/** Returns the story of one play. Equal seeds and places always give the same. */
export function storyAt(stories: Arbitrary<Story>, seed: number, place: number): Story {
  const [story] = fc.sample(stories, { ...DRAWN_EVENLY, seed: scattered(seed, place), numRuns: 1 });
  if (story === undefined) throw new Error('no story was drawn');
  return story;
}

/** Scatters seed and place, because neighbours must not resemble each other. */
export function scattered(seed: number, place: number): number {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ place;
  state = Math.imul(state ^ (state >>> 16), 0x7feb352d);
  state = Math.imul(state ^ (state >>> 15), 0x846ca68b);
  return (state ^ (state >>> 16)) & 0x7fffffff;
}
