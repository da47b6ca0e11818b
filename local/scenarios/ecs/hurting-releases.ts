import type { Scenario } from '../scenario.ts';
import { openShop, ROLLING } from './shop.ts';
import { TARGET } from './target.ts';

/** Releases whose tasks are healthy and hurt all the same: only the alarm shows it. */
const FAULTY = { errorRate: 0.4 };

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
    shows: 'going back does not heal, because the fault is elsewhere: ends dirty, a person must look',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      stage.traffic.failAll(FAULTY.errorRate);
      await stage.aftermath();
    },
    ends: { outcome: 'failed-dirty', served: false, writes: ['UpdateService'] },
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
