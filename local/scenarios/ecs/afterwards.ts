import { advised, allOf } from '../evidence/found.ts';
import { isAt } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import { wasAskedBecause, wentTo } from './endings.ts';
import { updateStack } from '../stacks.ts';
import { openShop } from './shop.ts';
import { TARGET } from './target.ts';

const FAULTY = { errorRate: 0.4 };

/** What people read after the end of a rollback, so that it stays, and so that they know what to do. */
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
    name: 'ecs-stack-is-updating',
    shows:
      'the alarm turns while the stack that has the service still updates: going back would fight it, so a person is asked',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'aws:cloudformation:stack-name': 'shop' } });
      await updateStack(stage, 'AWS::ECS::Service', 3600, () => shop.release('v2', FAULTY));
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: false,
      writes: [],
      because: /No answer came/,
      also: wasAskedBecause(
        /The stack shop, which has ecs:prod\/checkout, is UPDATE_IN_PROGRESS since .*cloudformation:shop/,
      ),
    },
  },
  {
    name: 'ecs-stack-has-updated',
    shows: 'the stack has ended its update before the alarm turns: Lastgood goes back',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'aws:cloudformation:stack-name': 'shop' } });
      await updateStack(stage, 'AWS::ECS::Service', 20, () => shop.release('v2', FAULTY));
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
      also: (stage) => wentTo(stage, 'checkout:1'),
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
        /^How ECS deploys has changed since the deployment before the release: minimumHealthyPercent 100 → 50\. Lastgood leaves it as it is\. To put it back: aws ecs update-service --cluster prod --service checkout --deployment-configuration '\{.*"minimumHealthyPercent":100/,
      ),
    },
  },
  {
    name: 'ecs-alarm-deleted-in-proof',
    shows:
      'the alarm is deleted while health is proven: dirty, and the advice says what to do about the alarm',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      await stage.until('health is being proven', () => isAt(stage, 'VerifyWait'), 60);
      stage.call('cloudwatch', 'DeleteAlarms', { AlarmNames: ['checkout-errors'] });
      stage.journal.note('the alarm is deleted');
      await stage.aftermath(120);
    },
    ends: {
      outcome: 'failed-dirty',
      served: true,
      writes: ['UpdateService'],
      because: /alarm checkout-errors was unknown \(was not found\)/,
      also: advised(
        /^Alarm checkout-errors was deleted\. Create it again if it should still watch the target/,
      ),
    },
  },
];
