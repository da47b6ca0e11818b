import { openMesh, type Mesh } from '../../scenarios/lattice/mesh.ts';
import { putAlarms } from '../alarms.ts';
import type { Ground } from '../ground.ts';
import { canOf } from './lattice/abilities.ts';
import { byTurns } from './lattice/by-turns.ts';
import { retag, watchedIn } from './lattice/mesh.ts';
import { Shifter, type Steps } from './lattice/shifter.ts';

interface Strategy extends Steps {
  readonly on: 'listener' | 'rule';
}

const CANARY = [
  { share: 20, seconds: 300 },
  { share: 50, seconds: 300 },
];

/** How a pipeline moves the weights, by strategy. */
const STRATEGIES: Readonly<Record<string, Strategy>> = {
  'listener-blue-green': { on: 'listener', steps: [] },
  'listener-blue-green-unwatched': { on: 'listener', steps: [], isUnwatched: true },
  'listener-canary': { on: 'listener', steps: CANARY },
  'rule-blue-green': { on: 'rule', steps: [] },
  'rule-canary': { on: 'rule', steps: CANARY },
};

/** Listeners and rules of VPC Lattice. Each release has a target group of its own, called by its name. */
const byRelease: readonly Ground[] = Object.entries(STRATEGIES).map(([strategy, how]) => ({
  ...{ kind: 'lattice', controller: 'pipeline', strategy },
  open: async (stage, settings, first) => {
    let alarms: readonly string[] = [];
    const mesh = await openMesh(stage, {
      ...{ on: how.on, tags: settings.tags, proven: false, sides: [first.name] },
      putAlarms: (opened) => {
        opened.behave(first.name, first.behaviour);
        alarms = putAlarms(stage, settings, watchedIn(opened), opened.target);
      },
    });
    const shifter = new Shifter(stage, mesh, how);
    return {
      ...{ target: mesh.target, alarms },
      deploy: (release) => shifter.deploy(release),
      releaseOf: (revision) => releaseIn(mesh, revision),
      shares: () => mesh.weights(),
      tag: (tags) => retag(stage, mesh, tags),
      can: { ...canOf(stage, mesh, first), abort: () => shifter.abort() },
    };
  },
}));

export const grounds: readonly Ground[] = [...byRelease, ...byTurns];

/** Returns the release whose target group alone a division names: `tg-0a1b2c3d4e5f60718=1 since …`. */
function releaseIn({ groups }: Mesh, revision: string): string | null {
  const [, group] = /^(tg-\w+)=\d+(?:@\w+)?(?: since |$)/.exec(revision) ?? [];
  return Object.entries(groups).find(([, id]) => id === group)?.[0] ?? null;
}
