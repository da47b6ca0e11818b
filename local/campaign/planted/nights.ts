import { nameOf } from '../ground.ts';
import { GROUNDS } from '../grounds.ts';
import type { Arguments, Settings, Step, Story } from '../story.ts';

const AUTO = { lastgood: 'auto', 'lastgood:soak': '5' };
const ASKING = { lastgood: 'approve', 'lastgood:soak': '5', 'lastgood:countdown': '5' };

const SETTINGS: Settings = {
  tags: AUTO,
  count: 3,
  alarm: { on: 'share', minutes: 1, missing: 'notBreaching', composite: false },
  proven: true,
  slowness: false,
  interleaved: false,
};

/** Returns a step: seconds after the first release is in place, an act or a fault, and what it is given. */
export function step(at: number, what: string, given: Arguments = {}): Step {
  return { at, what, with: given };
}

/** Returns a written story on a ground. */
export function nightOn(ground: string, steps: readonly Step[], settings: Partial<Settings> = {}): Story {
  return { seed: 7, ground, settings: { ...SETTINGS, ...settings }, steps, minutes: 60 };
}

const bad = (at = 60, way = 'errors') => step(at, 'release', { way });

interface Course {
  readonly steps: readonly Step[];
  readonly settings?: Partial<Settings>;
}

/**
 * What one target lives through in ordinary nights: most plants show in one of them. A rollback begins 170 seconds after
 * the first release, writes at 249, has settled at 315, and is proven at 627.
 */
const NIGHTS = {
  redelivered: { steps: [bad(), step(200, 'events-doubled', { share: 1, seconds: 1800 }), bad(1500)] },
  'approved-late': {
    steps: [bad(), step(180, 'answer', { says: 'Approve', afterSeconds: 120 }), step(200, 'fix')],
    settings: { tags: ASKING },
  },
  fixed: { steps: [bad(), step(400, 'fix')] },
  frozen: { steps: [step(30, 'freeze'), bad()], settings: { tags: { ...AUTO, 'lastgood:countdown': '5' } } },
  paused: { steps: [bad(), step(245, 'pause'), step(330, 'fix'), step(700, 'resume')] },
  unanswered: { steps: [bad()], settings: { tags: ASKING } },
  'person-goes-back': {
    steps: [bad(), step(300, 'go-back', { back: 1 }), step(320, 'execution-stopped', { seconds: 1 })],
  },
  'bus-away': {
    steps: [
      bad(),
      step(70, 'service-unavailable', { service: 'events', seconds: 1800 }),
      step(249, 'opt-out'),
    ],
  },
  'never-starts': { steps: [bad(60, 'never-starts'), step(100, 'first-removed', { seconds: 1 })] },
  'asked-for': {
    steps: [
      step(60, 'fix'),
      step(900, 'ask-for-rollback'),
      step(1600, 'outage', { share: 0.6, minutes: 10 }),
    ],
  },
  'outage-in-proof': {
    steps: [
      bad(),
      step(330, 'outage', { share: 0.5, minutes: 6 }),
      step(1500, 'bad-release-again', { seconds: 1 }),
    ],
  },
  'aws-away': {
    steps: [bad(), step(250, 'target-service-unavailable', { seconds: 240 })],
    settings: { slowness: true },
  },
  denied: {
    steps: [bad(), step(180, 'answer', { says: 'Deny', afterSeconds: 60 })],
    settings: { tags: ASKING },
  },
  watched: { steps: [bad(), step(170, 'grow')], settings: { tags: { ...AUTO, 'lastgood:lookout': 'act' } } },
} as const satisfies Readonly<Record<string, Course>>;

export type Night = keyof typeof NIGHTS;

/** Grounds of a kind besides its first one. */
const MAX_OTHERS = 3;

/**
 * Returns the ordinary nights of the kinds: all of them on the first ground, one on some others.
 * @param first the night to begin with
 */
export function ordinaryOf(kinds: readonly string[], first?: Night): readonly Story[] {
  const names = Object.keys(NIGHTS) as Night[];
  const inOrder = first === undefined ? names : [first, ...names.filter((name) => name !== first)];
  return kinds.flatMap((kind) => {
    const [main, ...others] = GROUNDS.filter((ground) => ground.kind === kind).map(nameOf);
    if (main === undefined) return [];
    return [
      ...inOrder.map((name) => {
        const { steps, settings }: Course = NIGHTS[name];
        return nightOn(main, steps, settings);
      }),
      ...others.slice(0, MAX_OTHERS).map((ground) => nightOn(ground, [bad()])),
    ];
  });
}
