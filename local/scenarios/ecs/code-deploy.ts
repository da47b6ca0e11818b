import type { Rollback } from '../../../src/rollback/document.ts';
import { ownRollbacks } from '../codedeploy/own-rollback.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { openCodeDeployShop, type CodeDeployShop } from './code-deploy-shop.ts';
import { expectNotCondemned, wasProvenBy } from './endings.ts';
import { SERVICE } from './external-shop.ts';
import { TARGET } from './target.ts';

const FAULTY = { errorRate: 0.4 };

/** Alarms that the deployment group itself watches. */
const WATCHED = { alarmConfiguration: { enabled: true, alarms: [{ name: 'checkout-errors' }] } };

const SKIPPED = { outcome: 'skipped', served: true, writes: [] } as const;

/** A question that stands for a minute. */
const BRIEF = { 'lastgood:countdown': '1' };

/** The shop of each story, for what is looked at after it. */
const told = new WeakMap<Stage, CodeDeployShop>();

/** Plays a story in a shop, and says after it which release serves. */
function inShop(
  open: Parameters<typeof openCodeDeployShop>[1],
  tell: (shop: CodeDeployShop, stage: Stage) => Promise<void> | void,
) {
  return {
    play: async (stage: Stage) => {
      const shop = await openCodeDeployShop(stage, open);
      told.set(stage, shop);
      await tell(shop, stage);
      await stage.aftermath();
    },
    serves: (name: string) => (stage: Stage) => told.get(stage)?.serves(name) ?? null,
  };
}

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

/** The night before last was proven; last night's is quiet, and has had no time to be. */
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
    // CodeDeploy sees the alarm first.
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

/** Plays a story after which the ledger must hold nothing against these releases. */
function withInnocent(
  innocent: readonly string[],
  open: Parameters<typeof openCodeDeployShop>[1],
  tell: (shop: CodeDeployShop, stage: Stage) => Promise<void>,
) {
  const { play, serves } = inShop(open, tell);
  return {
    serves,
    play: async (stage: Stage) => {
      await play(stage);
      const shop = told.get(stage);
      await expectNotCondemned(
        stage,
        innocent.map((name) => shop?.releases[name] ?? ''),
      );
    },
  };
}

/** Deploys a bad release; a minute after that it is still out. */
async function hurting(shop: CodeDeployShop, stage: Stage, name: string): Promise<void> {
  await shop.ended(shop.release(name, FAULTY));
  await stage.minutes(1);
}

const putBack = withInnocent(['v1'], { keepsOldMinutes: 0 }, async (shop, stage) => {
  await hurting(shop, stage, 'v2');
  shop.putBack('v1');
});
/** The alarm about v2 never turns, so that nothing is condemned; the one that turns is about an outage. */
const outageAfterPutBack = withInnocent(['v1'], { keepsOldMinutes: 0 }, async (shop, stage) => {
  await shop.ended(shop.release('v2', FAULTY));
  shop.putBack('v1');
  await stage.minutes(8);
  stage.traffic.failAll(0.5);
});
const putBackOfTwo = withInnocent(['v1', 'v2'], { keepsOldMinutes: 0 }, async (shop, stage) => {
  await shop.ended(shop.release('v2'));
  await stage.minutes(75);
  await hurting(shop, stage, 'v3');
  shop.putBack('v2');
});
const registeredAnew = withInnocent(['v1', 'v3'], { keepsOldMinutes: 0 }, async (shop, stage) => {
  await hurting(shop, stage, 'v2');
  shop.release('v3', {}, { imageOf: 'v1' });
});
const takenBack = withInnocent(['v1'], {}, async (shop, stage) => {
  shop.release('v2', FAULTY);
  await stage.until('users hurt', () => stage.traffic.badSince() !== null);
  await stage.minutes(1.2);
  await shop.stop(true);
});
const hotfix = withInnocent(['v1', 'v3'], { keepsOldMinutes: 0, tags: BRIEF }, async (shop, stage) => {
  await hurting(shop, stage, 'v2');
  shop.release('v3');
});
const hotfixOfTwo = withInnocent(
  ['v1', 'v2', 'v4'],
  { keepsOldMinutes: 0, tags: BRIEF },
  async (shop, stage) => {
    await shop.ended(shop.release('v2'));
    await stage.minutes(75);
    await hurting(shop, stage, 'v3');
    shop.release('v4');
  },
);

/** Its tasks never come up: CodeDeploy gives it up after an hour, in Install, and leaves the task set. */
const failedInInstall = inShop({ tags: { lastgood: 'observe' } }, async (shop, stage) => {
  shop.release('v2', {}, { imageMissing: true });
  await stage.minutes(63);
});
const failedUntagged = inShop({}, (shop, stage) => {
  stage.call('ecs', 'UntagResource', { resourceArn: SERVICE, tagKeys: ['lastgood'] });
  shop.release('v2', {}, { imageMissing: true });
});

/** Null when each execution was skipped, and these targets had one; else what is so. */
function skippedFor(targets: readonly string[]) {
  return ({ runtime }: Stage): string | null => {
    const documents = runtime
      .executions()
      .filter(({ arn }) => arn.includes('-rollback:'))
      .map(({ states }) => states.at(-1)?.input as Rollback);
    const told = documents.map(({ request, outcome }) => `${request.target} ${outcome?.state}`).toSorted();
    const wanted = targets.map((target) => `${target} skipped`);
    return told.join() === wanted.join() ? null : `the executions: ${told.join(', ')}`;
  };
}

/** Deployments that CodeDeploy says failed: its events name the deployment group. */
const failedDeployments: readonly Scenario[] = [
  {
    name: 'ecs-codedeploy-fails-in-install',
    shows:
      'a deployment of an observed service fails before it had any traffic: its group is left to the service',
    target: TARGET,
    play: failedInInstall.play,
    ends: {
      ...SKIPPED,
      also: skippedFor(['codedeploy:shop/checkout', TARGET, TARGET]),
    },
  },
  {
    name: 'ecs-codedeploy-fails-untagged',
    shows: 'the same where the service is not opted in: nobody is called',
    target: TARGET,
    play: failedUntagged.play,
    ends: {
      ...SKIPPED,
      because: /it deploys ecs:prod\/checkout, which is judged as a target of its own/,
      also: skippedFor(['codedeploy:shop/checkout']),
    },
  },
];

/** A bad release, and what was done about it before the alarm turns. */
const putBackStories: readonly Scenario[] = [
  {
    name: 'ecs-codedeploy-put-back-by-hand',
    shows: 'an operator deploys the good release again before the alarm turns: nothing is done about it',
    target: TARGET,
    play: putBack.play,
    ends: {
      ...SKIPPED,
      because: /checkout:2 is .*back already: it replace[sd] checkout:3/,
      also: putBack.serves('v1'),
    },
  },
  {
    name: 'ecs-codedeploy-outage-after-put-back',
    shows:
      'an operator deploys the good release again in time, and an outage comes later: the bad one is not what to go back to',
    target: TARGET,
    play: outageAfterPutBack.play,
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: [],
      because: /no last known good revision/,
      also: outageAfterPutBack.serves('v1'),
    },
  },
  {
    name: 'ecs-codedeploy-put-back-two-proven',
    shows: 'two releases are proven and an operator deploys the newer one again before the alarm turns',
    target: TARGET,
    play: putBackOfTwo.play,
    ends: { ...SKIPPED, because: /checkout:3 is .*back already/, also: putBackOfTwo.serves('v2') },
  },
  {
    name: 'ecs-codedeploy-put-back-registered-anew',
    shows:
      'a pipeline runs again for the good commit, which registers it under a new name: its content decides',
    target: TARGET,
    play: registeredAnew.play,
    ends: {
      ...SKIPPED,
      because: /checkout:4, which is checkout:2 under another name, is .*back already/,
      also: registeredAnew.serves('v3'),
    },
  },
  {
    name: 'ecs-codedeploy-taken-back-by-hand',
    shows: 'an operator stops the deployment, CodeDeploy gives the traffic back, and then the alarm turns',
    target: TARGET,
    play: takenBack.play,
    ends: {
      ...SKIPPED,
      because: /checkout:3 has ended, and checkout:2 serves/,
      also: takenBack.serves('v1'),
    },
  },
  {
    name: 'ecs-codedeploy-hotfix-before-alarm',
    shows: 'the hotfix is deployed before the alarm turns: it is not undone without a person',
    target: TARGET,
    play: hotfix.play,
    ends: { ...SKIPPED, because: /Nobody answered/, also: hotfix.serves('v3') },
  },
  {
    name: 'ecs-codedeploy-hotfix-two-proven',
    shows: 'two releases are proven and the hotfix of a third is deployed before the alarm turns',
    target: TARGET,
    play: hotfixOfTwo.play,
    ends: { ...SKIPPED, because: /Nobody answered/, also: hotfixOfTwo.serves('v4') },
  },
];

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
      // v0 was behind blue, v1 behind green and v2 behind blue: what comes back takes what is free.
      also: (stage) => completed.serves('v1')(stage) ?? wasProvenBy(stage, 'target group checkout-green'),
    },
  },
  {
    name: 'ecs-codedeploy-group-not-opted-in',
    shows:
      'the service is opted in, its deployment group is not, and the old task set is gone: says so, clean',
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
    shows: 'somebody stops the way back and deploys the fix: it is let through, and a person is told',
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
    shows: 'the fix is deployed at the moment the alarm turns: it is let through',
    target: TARGET,
    play: fixed.play,
    ends: { outcome: 'skipped', served: true, writes: [] },
  },
  {
    name: 'ecs-codedeploy-beside-unproven',
    shows:
      'what runs beside the bad release was never proven: CodeDeploy goes back to it first, which clears up, and the last known good is deployed after that',
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
      "the group's alarm stops the canary and leaves its tasks a tenth of the traffic: nothing is called well, and it says what to do",
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
  ...failedDeployments,
  ...putBackStories,
  ...ownRollback,
];
