import { listenerArn, ruleArn } from '@lastgood/embedded-aws/world/lattice/access.ts';
import { openMesh, type Mesh } from '../../scenarios/lattice/mesh.ts';
import type { Stage } from '../../scenarios/stage.ts';
import { putAlarms, type Watched } from '../alarms.ts';
import type { Ground } from '../ground.ts';
import { canOf } from './lattice/abilities.ts';
import { Shifter, type Steps } from './lattice/shifter.ts';
import { lastgoodKeys } from './tags.ts';

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
export const grounds: readonly Ground[] = Object.entries(STRATEGIES).map(([strategy, how]) => ({
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
      tag: (tags) => retag(stage, mesh, tags),
      can: { ...canOf(stage, mesh, first), abort: () => shifter.abort() },
    };
  },
}));

function watchedIn({ service }: Mesh): Watched {
  const metric = (name: string) => ({
    ...{ namespace: 'AWS/VpcLattice', name },
    dimensions: { Service: service },
  });
  return {
    errors: [metric('HTTPCode_5XX_Count')],
    requests: [metric('TotalRequestCount')],
    latency: metric('RequestTime'),
    slowFrom: 500,
  };
}

/** Returns the release whose target group alone a division names: `tg-0a1b2c3d4e5f60718=1 since …`. */
function releaseIn({ groups }: Mesh, revision: string): string | null {
  const [, group] = /^(tg-\w+)=\d+(?:@\w+)?(?: since |$)/.exec(revision) ?? [];
  return Object.entries(groups).find(([, id]) => id === group)?.[0] ?? null;
}

function retag(stage: Stage, { target }: Mesh, tags: Readonly<Record<string, string>>): void {
  const [service, listener, rule] = target.replace('lattice:', '').split('/');
  const resourceArn = rule === undefined ? listenerArn(service, listener) : ruleArn(service, listener, rule);
  const { tags: now = {} } = stage.call<{ tags?: Record<string, string> }>(
    ...(['lattice', 'ListTagsForResource', { resourceArn }] as const),
  );
  stage.call('lattice', 'UntagResource', { resourceArn, tagKeys: lastgoodKeys(now) });
  if (Object.keys(tags).length > 0) stage.call('lattice', 'TagResource', { resourceArn, tags });
}
