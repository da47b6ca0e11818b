import { openExternalShop } from '../../../scenarios/ecs/external-shop.ts';
import { TARGET } from '../../../scenarios/ecs/target.ts';
import { putAlarms } from '../../alarms.ts';
import type { Ground } from '../../ground.ts';
import { ExternalTool, type Steps } from './external-tool.ts';
import { canScale, countOf, releaseWith, retag, watchedAt } from './service.ts';

/** How the tool moves the traffic, by strategy. */
const STRATEGIES: Readonly<Record<string, Steps>> = {
  'blue-green': { canaryPercent: 100, oldGoneMinutes: null },
  'blue-green-old-gone': { canaryPercent: 100, oldGoneMinutes: 2 },
  canary: { canaryPercent: 20, oldGoneMinutes: null },
};

/** Services that a tool outside AWS deploys with task sets. */
export const external: readonly Ground[] = Object.entries(STRATEGIES).map(([strategy, steps]) => ({
  kind: 'ecs',
  controller: 'EXTERNAL',
  strategy,
  open: async (stage, settings, first) => {
    let alarms: readonly string[] = [];
    const shop = await openExternalShop(stage, {
      tags: settings.tags,
      desiredCount: settings.count,
      first: first.behaviour,
      putAlarms: (_, balancer) => {
        alarms = putAlarms(stage, settings, watchedAt(balancer), TARGET);
      },
      settlesMinutes: 1,
    });
    const definitions = new Map([[first.name, shop.releases['v1'] ?? '']]);
    const tool = new ExternalTool(stage, shop.balancer, definitions, steps);
    return {
      target: TARGET,
      alarms,
      deploy: (release) => tool.deploy(release),
      releaseOf: (revision) => releaseWith(definitions, revision),
      tag: (tags) => retag(stage, tags),
      shares: () => tool.shares(),
      capacity: () => countOf(stage),
      can: {
        ...canScale(stage),
        abort: () => tool.abort(),
        'lose-first': () =>
          stage.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: definitions.get(first.name) }),
      },
    };
  },
}));
