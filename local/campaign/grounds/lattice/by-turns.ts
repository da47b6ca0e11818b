import { openMesh, type Mesh } from '../../../scenarios/lattice/mesh.ts';
import { putAlarms } from '../../alarms.ts';
import type { Ground } from '../../ground.ts';
import { otherOf, SIDES, TwoSides, type Places, type Steps } from '../../two-sides.ts';
import { retag, watchedIn } from './mesh.ts';

/** How a pipeline moves the weights, by strategy. */
const STRATEGIES: Readonly<Record<string, Steps>> = {
  'rule-by-turns': { percents: [20, 50, 100] },
};

/** Rules of VPC Lattice whose two target groups take turns. New servers take the addresses of the ones before. */
export const byTurns: readonly Ground[] = Object.entries(STRATEGIES).map(([strategy, how]) => ({
  ...{ kind: 'lattice', controller: 'pipeline', strategy },
  open: async (stage, settings, first) => {
    let alarms: readonly string[] = [];
    const mesh = await openMesh(stage, {
      ...{ on: 'rule', tags: settings.tags, proven: false },
      putAlarms: (opened) => {
        opened.behave('blue', first.behaviour);
        alarms = putAlarms(stage, settings, watchedIn(opened), opened.target);
      },
    });
    const pipeline = new TwoSides(stage.world.clock, placesIn(mesh), how, first);
    return {
      ...{ target: mesh.target, alarms },
      deploy: (release) => pipeline.deploy(release),
      releaseOf: (revision) => releaseIn(mesh, pipeline, revision),
      shares: () => pipeline.shares(),
      tag: (tags) => retag(stage, mesh, tags),
      can: { abort: () => pipeline.abort(), 'lose-first': () => pipeline.lose(first.name) },
    };
  },
}));

function placesIn(mesh: Mesh): Places {
  return {
    weight: (side) => mesh.weights()[side] ?? 0,
    weigh: (side, percent) => mesh.weigh({ [side]: percent, [otherOf(side)]: 100 - percent }),
    put: (side, { behaviour }) => mesh.behave(side, behaviour),
    isReady: (side) => mesh.isHealthy(side),
    empty: (side) => mesh.behave(side, { health: 'fails', errorRate: 1 }),
  };
}

/** Returns the release of `tg-0a1b2c3d4e5f60718=1 since 2026-11-22T03:04:00.000Z`, where one group has all the traffic. */
function releaseIn({ groups }: Mesh, pipeline: TwoSides, revision: string): string | null {
  const [, group, since = ''] = /^(tg-\w+)=\d+(?:@\w+)? since (.+)$/.exec(revision) ?? [];
  const side = SIDES.find((one) => groups[one] === group);
  return side === undefined ? null : pipeline.releaseOn(side, Date.parse(since));
}
