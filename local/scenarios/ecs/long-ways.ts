import type { Rollback } from '../../../src/rollback/document.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { wentTo } from './endings.ts';
import { openShop, request } from './shop.ts';
import { TARGET } from './target.ts';
import { rollbacksIn } from '../rollbacks.ts';

const FAULTY = { errorRate: 0.4 };

/** Scenarios whose way back takes longer than usual. */
export const longWays: readonly Scenario[] = [
  {
    name: 'ecs-long-bake',
    shows:
      'the way back bakes for longer than a claim lasts: the claim is renewed, and a second request is refused',
    target: TARGET,
    async play(stage) {
      const deployment = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0 } as const;
      const shop = await openShop(stage, { twoGroups: true, deployment });
      shop.release('v2', FAULTY);
      shop.update({ deploymentConfiguration: { ...deployment, bakeTimeInMinutes: 250 } });
      await stage.until('the way back was started', () => stage.journal.writes().includes('UpdateService'));
      await stage.minutes(245);
      request(stage, { target: TARGET, reason: 'it takes so long' });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      executions: 2,
      also: (stage) => wentTo(stage, 'checkout:1'),
    },
  },
  {
    name: 'ecs-slow-native-rollback',
    shows:
      "ECS's own rollback takes longer than its rung may: the next rung joins it, and replaces no task that is back already",
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, {
        desiredCount: 12,
        deployment: { maximumPercent: 125, minimumHealthyPercent: 100 },
        first: { startSeconds: 900 },
      });
      shop.release('v2', { ...FAULTY, startSeconds: 100 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['StopServiceDeployment'],
      also: (stage) => wentTo(stage, 'checkout:1') ?? joinedTwice(stage),
    },
  },
];

function joinedTwice({ runtime }: Stage): string | null {
  const { reverted } = rollbacksIn(runtime)[0]?.states.at(-1)?.input as Rollback;
  return reverted?.state === 'joined' && reverted.rung === 1
    ? null
    : `reverted is ${JSON.stringify(reverted)}`;
}
