import { advised, allOf } from '../evidence/found.ts';
import type { Scenario } from '../scenario.ts';
import { wentTo } from './endings.ts';
import { openShop } from './shop.ts';
import { TARGET } from './target.ts';

const FAULTY = { errorRate: 0.4 };

/** What people read after a way back, so that it stays. */
export const afterwards: readonly Scenario[] = [
  {
    name: 'ecs-owned-by-stack',
    shows: 'a stack owns the service: the advice names the updates that would bring the bad release back',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'aws:cloudformation:stack-name': 'shop' } });
      shop.release('v2', FAULTY);
      await shop.deployed();
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: allOf(
        (stage) => wentTo(stage, 'checkout:1'),
        advised(
          /^The template of stack shop still names checkout:2\..* reverts drift \(REVERT_DRIFT, cdk deploy --revert-drift\), would deploy the revision of the template\. Set it to checkout:1 there first\.$/,
        ),
      ),
    },
  },
  {
    name: 'ecs-deploys-otherwise',
    shows: 'the release also changed how ECS deploys, which no way back restores: the advice has the command',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      const deploymentConfiguration = { minimumHealthyPercent: 50, maximumPercent: 200 };
      shop.release('v2', FAULTY, { service: { deploymentConfiguration } });
      await shop.deployed();
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: advised(
        /^The release changed how ECS deploys: minimumHealthyPercent 100 → 50\. Lastgood leaves it as it is\. To put it back: aws ecs update-service --cluster prod --service checkout --deployment-configuration '\{.*"minimumHealthyPercent":100/,
      ),
    },
  },
];
