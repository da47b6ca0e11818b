import fc from 'fast-check';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import type { Ability } from '../ground.ts';
import type { Act } from './act.ts';

const share = fc.double({ min: 0.05, max: 0.9, noNaN: true });
const minutes = fc.integer({ min: 2, max: 40 });

/** What happens around a target: its users, its dependencies, its capacity. */
export const surroundings: readonly Act[] = [
  {
    name: 'outage',
    by: 'world',
    draws: fc.record({ share, minutes }),
    do: ({ stage: { traffic, world } }, given) => {
      traffic.failAll(Number(given['share']));
      world.clock.after(Number(given['minutes']) * 60_000, () => traffic.failAll(0));
      return null;
    },
  },
  {
    name: 'slow-dependency',
    by: 'world',
    draws: fc.record({ share, minutes }),
    do: ({ stage: { traffic, world } }, given) => {
      traffic.slowAll(Number(given['share']), 2);
      world.clock.after(Number(given['minutes']) * 60_000, () => traffic.slowAll(0, 0));
      return null;
    },
  },
  {
    name: 'load-rises',
    by: 'world',
    draws: fc.record({ minutes }),
    do: ({ releases, stage: { world } }, given) => {
      releases.load = 3;
      world.clock.after(Number(given['minutes']) * 60_000, () => (releases.load = 1));
      return null;
    },
  },
  {
    name: 'neighbours-suffer',
    by: 'pipeline',
    draws: fc.record({ count: fc.integer({ min: 3, max: 6 }), minutes }),
    do: ({ neighbours }, given) => {
      neighbours?.suffer(Number(given['minutes']));
      return null;
    },
  },
  {
    name: 'dependency-suffers',
    by: 'world',
    draws: fc.record({ share, minutes }),
    do: ({ neighbours }, given) => {
      neighbours?.failDependency(Number(given['minutes']), Number(given['share']));
      return null;
    },
  },
  {
    name: 'scale-to-nothing',
    by: 'person',
    draws: fc.record({ minutes }),
    do: ({ subject, stage: { world } }, given) => {
      subject.can['scale-to-nothing']?.();
      world.clock.after(Number(given['minutes']) * 60_000, () =>
        unlessRefused(() => subject.can['scale-back']?.()),
      );
      return null;
    },
  },
  able('abort', 'person'),
  able('grow', 'world'),
  able('shrink', 'world'),
  able('drift', 'person'),
];

/** AWS may have lost what a later part of an act is about. */
function unlessRefused(happen: () => void): void {
  try {
    happen();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
}

/** An act that only some kinds of target have. On the others nothing happens. */
function able(name: Ability, by: Act['by']): Act {
  return {
    name,
    by,
    draws: fc.constant({}),
    do: ({ subject }) => {
      subject.can[name]?.();
      return null;
    },
  };
}
