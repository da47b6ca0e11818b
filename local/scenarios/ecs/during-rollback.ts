import { advice } from '../advice.ts';
import { isAt } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { wentTo } from './endings.ts';
import { openShop } from './shop.ts';
import { TARGET } from './target.ts';

const FAULTY = { errorRate: 0.4 };

/** Scenarios in which something else happens during a rollback. */
export const ecsDuringRollback: readonly Scenario[] = [
  {
    name: 'ecs-fix-overtakes',
    shows: 'the fix is deployed in the middle of a rollback: Lastgood yields, and a person is notified',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      await stage.until('the way back was started', () => stage.journal.writes().includes('UpdateService'));
      await stage.minutes(0.2);
      shop.release('v3');
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-dirty',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => wentTo(stage, 'checkout:3'),
    },
  },
  {
    name: 'ecs-autoscaled-meanwhile',
    shows: 'autoscaling raises the desired count during the rollback: it is never lowered',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      await stage.until('the way back was started', () => stage.journal.writes().includes('UpdateService'));
      shop.update({ desiredCount: 7 });
      stage.journal.note('autoscaling raises the desired count from 4 to 7');
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => runs(stage, 7),
    },
  },
  {
    name: 'ecs-autoscaled-down-meanwhile',
    shows: 'autoscaling lowers the desired count during the rollback: that many healthy targets prove it',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      await stage.until('the way back was started', () => stage.journal.writes().includes('UpdateService'));
      shop.update({ desiredCount: 3 });
      stage.journal.note('autoscaling lowers the desired count from 4 to 3');
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => runs(stage, 3),
    },
  },
  {
    name: 'ecs-shut-meanwhile',
    shows: 'the service is deleted while it hurts: there is nothing to roll back, and it ends clean',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      await stage.minutes(2.5);
      shop.shut();
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: [],
      because: /^UnsupportedTarget: ecs:prod\/checkout: the service is INACTIVE/,
      also: advice([
        /^Read the reason\. If there is no such target, correct the tag lastgood:target/,
        /^Lastgood changed nothing\. If users are/,
      ]),
    },
  },
  {
    name: 'ecs-untagged-before-the-write',
    shows:
      'the tag is removed between the plan and the write: AWS denies the write, and the end says which tag went',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      await stage.until('the plan is made', () => isAt(stage, 'Verdict'));
      stage.call('ecs', 'UntagResource', { resourceArn: shop.arn, tagKeys: ['lastgood'] });
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: [],
      denied: ['UpdateService'],
      because: /The tag lastgood=auto of ecs:prod\/checkout was removed after the plan was made/,
    },
  },
];

function runs(stage: Stage, wanted: number): string | null {
  const { services = [] } = stage.call<{ services?: { desiredCount?: number; runningCount?: number }[] }>(
    'ecs',
    'DescribeServices',
    {
      cluster: 'prod',
      services: ['checkout'],
    },
  );
  const { desiredCount, runningCount } = services[0] ?? {};
  return desiredCount === wanted && runningCount === wanted
    ? null
    : `desired ${desiredCount}, running ${runningCount}, not ${wanted}`;
}
