import { ownRollbacks } from '../codedeploy/own-rollback.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { FAULTY, inShop } from './code-deploy-play.ts';
import { openCodeDeployShop, type CodeDeployShop } from './code-deploy-shop.ts';
import { wasProvenBy } from './endings.ts';
import { TARGET } from './target.ts';

/** Alarms that the deployment group itself watches. */
const WATCHED = { alarmConfiguration: { enabled: true, alarms: [{ name: 'checkout-errors' }] } };

const waiting = inShop({}, (shop) => void shop.release('v2', FAULTY));
const linear = inShop(
  { config: 'CodeDeployDefault.ECSLinear10PercentEvery3Minutes' },
  (shop) => void shop.release('v2', FAULTY),
);
const completed = inShop({ keepsOldMinutes: 0, group: WATCHED }, async (shop) =>
  shop.ended(shop.release('v2', FAULTY)),
);
const closed = inShop({ keepsOldMinutes: 0, groupTags: {} }, (shop) => void shop.release('v2', FAULTY));
const overtaken = inShop({ keepsOldMinutes: 0 }, async (shop, stage) => {
  await shop.ended(shop.release('v2', FAULTY));
  await stage.until('the way back was started', () => stage.journal.writes().includes('CreateDeployment'));
  await stage.minutes(0.2);
  await shop.stop();
  shop.release('v3');
});
const fixed = inShop({ keepsOldMinutes: 0 }, async (shop, stage) => {
  await shop.ended(shop.release('v2', FAULTY));
  await stage.until(
    'the alarm turned',
    () => stage.world.cloudwatch.alarmState('checkout-errors') === 'ALARM',
  );
  shop.release('v3');
});

/** The release of the night before last was proven. Last night's is quiet, and had no time to be proven. */
const besideUnproven = inShop({ keepsOldMinutes: 0 }, async (shop, stage) => {
  await stage.minutes(75);
  await shop.ended(shop.release('v2'));
  // A release within ten minutes of another one may be its fix.
  await stage.minutes(11);
  shop.keepOld(60);
  shop.release('v3', FAULTY);
});

const leftInBetween = inShop(
  { config: 'CodeDeployDefault.ECSCanary10Percent15Minutes', group: WATCHED },
  (shop, stage) => {
    // CodeDeploy is the first to see the alarm.
    stage.runtime.bus.lose(({ source }) => source === 'aws.cloudwatch');
    shop.release('v2', { errorRate: 0.9 });
  },
);

const shops = new WeakMap<Stage, CodeDeployShop>();
const ownRollback = ownRollbacks({
  prefix: 'ecs-codedeploy',
  lateMinutes: 3,
  target: TARGET,
  names: { applicationName: 'shop', deploymentGroupName: 'checkout' },
  open: async (stage) => {
    const shop = await openCodeDeployShop(stage, {
      config: 'CodeDeployDefault.ECSLinear10PercentEvery3Minutes',
    });
    shops.set(stage, shop);
    return () => shop.release('v2', FAULTY);
  },
  serves: (stage) => shops.get(stage)?.serves('v1') ?? null,
});

/** Services that CodeDeploy deploys blue/green. */
export const codeDeployments: readonly Scenario[] = [
  {
    name: 'ecs-codedeploy-waiting',
    shows:
      'all traffic was shifted and the old task set still waits: the deployment is stopped and traffic returns at once',
    target: TARGET,
    play: waiting.play,
    ends: { outcome: 'rolled-back', served: true, writes: ['StopDeployment'], also: waiting.serves('v1') },
  },
  {
    name: 'ecs-codedeploy-linear',
    shows:
      'a part of the traffic was shifted when the alarm turns: the deployment is stopped and all of it returns',
    target: TARGET,
    play: linear.play,
    ends: { outcome: 'rolled-back', served: true, writes: ['StopDeployment'], also: linear.serves('v1') },
  },
  {
    name: 'ecs-codedeploy-completed',
    shows:
      'the old task set is gone and the group watches the red alarm, which would stop the fix: deployed without alarms',
    target: TARGET,
    play: completed.play,
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['CreateDeployment'],
      // v0 was behind blue, v1 behind green and v2 behind blue: v1 comes back behind the free one.
      also: (stage) => completed.serves('v1')(stage) ?? wasProvenBy(stage, 'target group checkout-green'),
    },
  },
  {
    name: 'ecs-codedeploy-group-not-opted-in',
    shows:
      'the service is opted in, its deployment group is not, and the old task set is gone: ends clean and says so',
    target: TARGET,
    play: closed.play,
    ends: {
      outcome: 'failed-clean',
      served: false,
      because: /deployment group checkout is not tagged/,
      writes: [],
    },
  },
  {
    name: 'ecs-codedeploy-overtaken',
    shows: 'an operator stops the way back and deploys the fix: Lastgood yields, and a person is notified',
    target: TARGET,
    play: overtaken.play,
    ends: {
      outcome: 'failed-dirty',
      served: true,
      because: /A newer deployment took over/,
      writes: ['CreateDeployment'],
      also: overtaken.serves('v3'),
    },
  },
  {
    name: 'ecs-codedeploy-fixed-already',
    shows: 'the fix is deployed at the moment the alarm turns: Lastgood yields',
    target: TARGET,
    play: fixed.play,
    ends: { outcome: 'skipped', served: true, writes: [] },
  },
  {
    name: 'ecs-codedeploy-beside-unproven',
    shows:
      'the release beside the bad one was never proven: CodeDeploy goes back to it first, and the last known good is deployed after that',
    target: TARGET,
    play: besideUnproven.play,
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['StopDeployment', 'CreateDeployment'],
      also: besideUnproven.serves('v1'),
    },
  },
  {
    name: 'ecs-codedeploy-left-in-between',
    shows:
      "the group's alarm stops the canary and leaves its tasks a tenth of the traffic: it ends clean and says what to do",
    target: TARGET,
    play: leftInBetween.play,
    ends: {
      outcome: 'failed-clean',
      served: false,
      because: /still have traffic beside those of checkout:2.*by hand/,
      writes: [],
      also: leftInBetween.serves('v1'),
    },
  },
  ...ownRollback,
];
