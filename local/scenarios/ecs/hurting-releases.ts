import { advice } from '../advice.ts';
import { allOf } from '../evidence/found.ts';
import { firstPageLacks } from '../report/pages.ts';
import type { Scenario } from '../scenario.ts';
import { expectNotCondemned } from './endings.ts';
import { openShop, ROLLING } from './shop.ts';
import { TARGET } from './target.ts';

/** Releases whose tasks are healthy and hurt all the same: only the alarm shows it. */
const FAULTY = { errorRate: 0.4 };
const NOT_HELPED =
  /Going back did not help: share of failed requests [34]\d\S* % before, [34]\d\S* % since \S+ UTC\. checkout:2 is not condemned\.$/;

export const hurtingReleases: readonly Scenario[] = [
  {
    name: 'ecs-errors-in-flight',
    shows:
      'healthy tasks answer 5xx while the rollout is still going on: it is stopped, and ECS brings the old revision back',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, {
        desiredCount: 12,
        deployment: { maximumPercent: 125, minimumHealthyPercent: 100 },
      });
      shop.release('v2', { ...FAULTY, startSeconds: 100 });
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['StopServiceDeployment'] },
  },
  {
    name: 'ecs-errors-after-completion',
    shows:
      'the alarm turns after the deployment completed, when ECS no longer watches: the whole good revision is put back',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      through: [
        'Claim',
        'Claimed',
        'Plan',
        'Judge',
        'Verdict',
        'Revert',
        'Reverted',
        'Gather',
        'Evidence',
        'FirstWait',
        'Publish',
        'Settle',
        'Settled',
        'AwaitEnd',
        'Settle',
        'Settled',
        'Verify',
        'Healthy',
        'VerifyWait',
        'Settle',
        'Settled',
        'Verify',
        'Healthy',
        'Report',
        'Outcome',
        'RolledBack',
      ],
    },
  },
  {
    name: 'ecs-latency',
    shows: 'the release answers slowly: the latency alarm rolls it back',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', { latency: 2.5 });
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'ecs-dependency-down',
    shows:
      'going back does not heal, because the fault is elsewhere: a person must look, and the release is not condemned',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2');
      stage.traffic.failAll(FAULTY.errorRate);
      await stage.aftermath();
      await expectNotCondemned(stage, Object.values(shop.releases));
    },
    ends: {
      ...{ outcome: 'failed-dirty', served: false, writes: ['UpdateService'] },
      because: NOT_HELPED,
      also: allOf(
        (stage) =>
          firstPageLacks(stage, 'Going back did not help: share of failed requests', 'is not condemned'),
        advice([
          /checkout:1 should run/,
          /^Look at what both revisions share: dependencies, load, data and parameters\.$/,
          /^If checkout:2 was at fault all the same, condemn it as the runbook says/,
        ]),
      ),
    },
  },
  {
    name: 'ecs-flapping-alarm',
    shows: 'an alarm that turns back and forth starts one rollback, not several',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      await stage.until(
        'the alarm turned',
        () => stage.world.cloudwatch.alarmState('checkout-errors') === 'ALARM',
      );
      for (let flap = 0; flap < 4; flap++) {
        await stage.minutes(0.5);
        for (const StateValue of ['OK', 'ALARM']) {
          stage.call('cloudwatch', 'SetAlarmState', {
            AlarmName: 'checkout-errors',
            StateValue,
            StateReason: 'flap',
          });
        }
      }
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'ecs-alarm-and-deployment-event',
    shows:
      'one fault, seen by ECS and then by an alarm: one rollback; the second trigger is kept with the first',
    target: TARGET,
    async play(stage) {
      const deploymentCircuitBreaker = { enable: true, rollback: false };
      const shop = await openShop(stage, { deployment: { ...ROLLING, deploymentCircuitBreaker } });
      shop.watchHosts();
      shop.release('v2', { health: 'fails' });
      await stage.aftermath();
    },
    ends: {
      cause: 'health-check',
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      executions: 2,
    },
  },
];
