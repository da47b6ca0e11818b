import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { FLEET, openDeploymentGroup, runs } from '../codedeploy/deployment-group.ts';
import { wentTo } from '../ecs/endings.ts';
import { openShop, request } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import { rollbacksIn } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { pause, pauseAfter, published, resume, staysFor, untilHeld } from './pausing.ts';

const FAULTY = { errorRate: 0.4 };

/** A pause before a rollback writes, and between the writes of Stop and Revert. */
export const pauses: readonly Scenario[] = [
  {
    name: 'pause-before-rollback',
    shows:
      'Lastgood is paused when the alarm turns: the rollback waits, is planned and judged anew when it is resumed, and goes back',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      pause(stage);
      shop.release('v2', FAULTY);
      await untilHeld(stage);
      await staysFor(stage, 20);
      resume(stage);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) =>
        wentTo(stage, 'checkout:1') ??
        published(stage, 'Rollback Paused', 1) ??
        planned(stage, 2) ??
        published(stage, 'Lastgood Paused', 1) ??
        published(stage, 'Lastgood Resumed', 1),
    },
  },
  {
    name: 'pause-mended-by-a-person',
    shows:
      'a person deploys the fix while a rollback waits: judged anew when Lastgood is resumed, it asks, and leaves the fix alone',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      pause(stage);
      shop.release('v2', FAULTY);
      await untilHeld(stage);
      shop.release('v3');
      await shop.deployed();
      await staysFor(stage, 10);
      resume(stage);
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: true,
      writes: [],
      also: (stage) => wentTo(stage, 'checkout:3') ?? planned(stage, 3),
    },
  },
  {
    name: 'pause-between-stop-and-revert',
    shows: 'Lastgood is paused after it stopped the rollout: the way back waits, and goes on from there',
    target: FLEET,
    async play(stage) {
      const group = await openDeploymentGroup(stage, { instances: 8, config: 'OneAtATime' });
      group.release('v2');
      await group.deployed();
      stage.world.codedeploy.stopsAfter(60);
      group.release('v3', FAULTY);
      await pauseAfter(stage, 1);
      await staysFor(stage, 40);
      resume(stage);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['StopDeployment', 'CreateDeployment'],
      also: (stage) => runs(stage, 'v1') ?? plannedOnceStopped(stage),
    },
  },
  {
    name: 'pause-between-rungs',
    shows:
      "CodeDeploy's own rollback fails while Lastgood is paused: the next rung waits for the end of the pause",
    target: FLEET,
    async play(stage) {
      const group = await openDeploymentGroup(stage, { instances: 8, config: 'OneAtATime' });
      group.release('v2', { ...FAULTY, applicationStop: 'fails' });
      await pauseAfter(stage, 1);
      await staysFor(stage, 40);
      resume(stage);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['StopDeployment', 'CreateDeployment'],
      also: (stage) => runs(stage, 'v1') ?? plannedOnceStopped(stage),
    },
  },
  {
    name: 'pause-while-proving',
    shows: 'Lastgood is paused while it proves the way back: it only reads, so nothing waits',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      await stage.until('health is being proven', () => isIn(stage, 'VerifyWait'));
      pause(stage);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => wentTo(stage, 'checkout:1') ?? published(stage, 'Rollback Paused', 0),
    },
  },
  {
    name: 'pause-joins',
    shows:
      'Lastgood is paused while ECS goes back natively: to watch that changes nothing, so the rollback is proven all the same',
    target: TARGET,
    async play(stage) {
      const deploymentCircuitBreaker = { enable: true, rollback: true };
      const shop = await openShop(stage, { deployment: { deploymentCircuitBreaker } });
      pause(stage);
      shop.release('v2', { exitsAfterSeconds: 5, exitCode: 1 });
      await stage.aftermath();
    },
    ends: {
      cause: 'crash',
      outcome: 'rolled-back',
      served: true,
      writes: [],
      also: (stage) => wentTo(stage, 'checkout:1'),
    },
  },
  {
    name: 'pause-four-hours-clean',
    shows: 'nobody resumes Lastgood for four hours: nothing was written, so the rollback ends clean',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      pause(stage);
      shop.release('v2', FAULTY);
      await untilHeld(stage);
      await stage.minutes(2);
      request(stage, { target: TARGET, reason: 'it takes so long' });
      await stage.aftermath(300);
    },
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: [],
      executions: 2,
      because:
        /^Lastgood changed nothing\. This rollback waited 4 hours\. Lastgood is paused since .* by ada: /,
      also: (stage) =>
        published(stage, 'Rollback Paused', 1) ??
        // At once, and after each of four hours.
        published(stage, 'Lastgood Paused', 5),
    },
  },
  {
    name: 'pause-unreadable',
    shows:
      'Parameter Store throttles for ten minutes: whether Lastgood is paused is unknown, so nothing is written before it answers',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      const error = new AwsError('ThrottlingException', 'Rate exceeded');
      stage.runtime.wire.disturb.fail({ service: 'ssm', operation: 'GetParameters', error }, Infinity);
      shop.release('v2', FAULTY);
      await stage.until('a rollback tries to write', () => isIn(stage, 'Revert'), 30);
      await stage.minutes(10);
      if (stage.journal.writes().length > 0) throw new Error('Lastgood wrote while it knew of no order');
      stage.runtime.wire.disturb.heal('ssm', 'GetParameters');
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => wentTo(stage, 'checkout:1') ?? published(stage, 'Rollback Paused', 0),
    },
  },
];

function isIn({ runtime }: Stage, state: string): boolean {
  return rollbacksIn(runtime)[0]?.states.at(-1)?.name === state;
}

/** Returns null if the first rollback was planned so many times, or else the difference. */
function planned({ runtime }: Stage, times: number): string | null {
  const plans = rollbacksIn(runtime)[0]?.states.filter(({ name }) => name === 'Plan').length ?? 0;
  return plans === times ? null : `it was planned ${plans} times, not ${times}`;
}

/** Returns null if the first rollback made no plan after it had stopped the rollout, or else the difference. */
function plannedOnceStopped({ runtime }: Stage): string | null {
  const names = rollbacksIn(runtime)[0]?.states.map(({ name }) => name) ?? [];
  const stopped = names.indexOf('Stop');
  if (stopped < 0) return 'it was not stopped';
  return names.includes('Plan', stopped) ? 'it was planned again after it had stopped' : null;
}
