import { wasPublishedEarly } from '../hindered.ts';
import { advised, allOf } from '../evidence/found.ts';
import type { Scenario } from '../scenario.ts';
import { openShop } from './shop.ts';
import { TARGET } from './target.ts';

/** Ways back that ECS cannot complete. */
export const blockedWays: readonly Scenario[] = [
  {
    name: 'ecs-way-back-blocked',
    shows:
      'one task, and percentages that allow neither to stop it nor to start another: the reason quotes ECS',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { desiredCount: 1 });
      shop.release('v2', { errorRate: 0.4 });
      await shop.deployed();
      shop.update({ deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 134 } });
      await stage.aftermath(60);
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      writes: ['UpdateService'],
      because:
        /0 of 1 tasks run checkout:1.*ECS says: .*was unable to stop or start tasks during a deployment/,
      also: allOf(
        wasPublishedEarly(/unable to stop or start tasks/),
        advised(
          /^Set maximumPercent of the service to 200, or minimumHealthyPercent below 100\. Until then no deployment proceeds, not even that of the fix\.$/,
        ),
      ),
    },
  },
  {
    name: 'ecs-way-back-unplaced',
    shows: 'Fargate has no room for the tasks of the way back: the reason quotes ECS',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', { errorRate: 0.4 });
      await shop.deployed();
      stage.world.ecs.quota.vcpus = 1;
      await stage.aftermath(60);
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      writes: ['UpdateService'],
      because: /ECS says: .*was unable to place a task/,
      also: allOf(
        wasPublishedEarly(/unable to place a task/),
        advised(/^Make room for the tasks, .* no deployment proceeds, not even that of the fix\.$/),
      ),
    },
  },
];
