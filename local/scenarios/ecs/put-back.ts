import type { ListServiceDeploymentsResponse } from '@aws-sdk/client-ecs';
import type { Rollback } from '../../../src/rollback/document.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { expectNotCondemned, wentTo } from './endings.ts';
import { openShop, type Shop, type ShopOptions } from './shop.ts';
import { TARGET } from './target.ts';
import { rollbacksIn } from '../rollbacks.ts';

const FAULTY = { errorRate: 0.4 };

/** Settings for a rollout that takes minutes: twelve tasks, three at a time. */
const SLOW = { desiredCount: 12, deployment: { maximumPercent: 125, minimumHealthyPercent: 100 } };

const SKIPPED = { outcome: 'skipped', served: true, writes: [] } as const;
const BACK = /checkout:1 is (being brought )?back already: it replace[sd] checkout:2/;

/** Plays a scenario after which the ledger must have condemned none of these releases. */
function withInnocent(
  innocent: readonly string[],
  open: ShopOptions,
  act: (shop: Shop, stage: Stage) => Promise<void>,
): Scenario['play'] {
  return async (stage) => {
    const shop = await openShop(stage, open);
    await act(shop, stage);
    await stage.aftermath();
    await expectNotCondemned(
      stage,
      innocent.map((name) => shop.releases[name] ?? ''),
    );
  };
}

/** Deploys an earlier release again, as an operator at the keyboard. */
function putBack(stage: Stage, shop: Shop, name: string): void {
  shop.update({ taskDefinition: shop.releases[name] });
  stage.journal.note(`an operator puts ${name} back`);
}

/** Deploys one more good release, and waits until it is proven like the first. */
async function another(stage: Stage, shop: Shop, name: string): Promise<void> {
  shop.release(name);
  await shop.deployed();
  await stage.minutes(10);
}

/** Rolls the deployment in progress back: StopServiceDeployment. */
function takeBack(stage: Stage): void {
  const { serviceDeployments = [] } = stage.call<ListServiceDeploymentsResponse>(
    'ecs',
    'ListServiceDeployments',
    { cluster: 'prod', service: 'checkout' },
  );
  const [newest] = serviceDeployments;
  stage.call('ecs', 'StopServiceDeployment', { serviceDeploymentArn: newest?.serviceDeploymentArn });
  stage.journal.note('an operator rolls the deployment back');
}

const runs = (family: string) => (stage: Stage) => wentTo(stage, family);

/** A bad release, and a correction by an operator, a pipeline or AWS before the alarm turns. */
export const putBackStories: readonly Scenario[] = [
  {
    name: 'ecs-put-back-by-hand',
    shows: 'an operator puts the good release back before the alarm turns: nothing is done about it',
    target: TARGET,
    play: withInnocent(['v1'], {}, async (shop, stage) => {
      shop.release('v2', FAULTY);
      await shop.deployed();
      putBack(stage, shop, 'v1');
    }),
    ends: { ...SKIPPED, because: BACK, also: runs('checkout:1') },
  },
  {
    name: 'ecs-put-back-half-way',
    shows: 'an operator puts the good release back while the bad one still rolls out: Lastgood yields',
    target: TARGET,
    play: withInnocent(['v1'], SLOW, async (shop, stage) => {
      shop.release('v2', FAULTY);
      await stage.minutes(1.2);
      putBack(stage, shop, 'v1');
    }),
    ends: { ...SKIPPED, because: BACK, also: runs('checkout:1') },
  },
  {
    name: 'ecs-put-back-two-proven',
    shows: 'two releases are proven and an operator puts the newer one back before the alarm turns',
    target: TARGET,
    play: withInnocent(['v1', 'v2'], {}, async (shop, stage) => {
      await another(stage, shop, 'v2');
      shop.release('v3', FAULTY);
      await shop.deployed();
      putBack(stage, shop, 'v2');
    }),
    ends: { ...SKIPPED, because: /checkout:2 is .*back already/, also: runs('checkout:2') },
  },
  {
    name: 'ecs-put-back-the-older',
    shows: 'two releases are proven and an operator puts the older one back: it stays',
    target: TARGET,
    play: withInnocent(['v1', 'v2'], {}, async (shop, stage) => {
      await another(stage, shop, 'v2');
      shop.release('v3', FAULTY);
      await shop.deployed();
      putBack(stage, shop, 'v1');
    }),
    ends: { ...SKIPPED, because: /checkout:1 is .*back already/, also: runs('checkout:1') },
  },
  {
    name: 'ecs-put-back-registered-anew',
    shows:
      'a pipeline runs again for the good commit, which registers it under a new name: its content decides',
    target: TARGET,
    play: withInnocent(['v1', 'v3'], {}, async (shop) => {
      shop.release('v2', FAULTY);
      await shop.deployed();
      shop.release('v3', {}, { imageOf: 'v1' });
    }),
    ends: {
      ...SKIPPED,
      because:
        /checkout:3, which is checkout:1 under another name, is .*back already: it replace[sd] checkout:2/,
      also: runs('checkout:3'),
    },
  },
  {
    name: 'ecs-hotfix-before-alarm',
    shows: 'the hotfix is deployed before the alarm turns: it is not undone without a person',
    target: TARGET,
    play: withInnocent(['v1', 'v3'], { tags: { 'lastgood:countdown': '1' } }, async (shop) => {
      shop.release('v2', FAULTY);
      await shop.deployed();
      shop.release('v3');
    }),
    ends: { ...SKIPPED, because: /No answer came/, also: runs('checkout:3') },
  },
  {
    name: 'ecs-hotfix-two-proven',
    shows: 'two releases are proven and the hotfix of a third is deployed before the alarm turns',
    target: TARGET,
    play: withInnocent(['v1', 'v2', 'v4'], { tags: { 'lastgood:countdown': '1' } }, async (shop, stage) => {
      await another(stage, shop, 'v2');
      shop.release('v3', FAULTY);
      await shop.deployed();
      shop.release('v4');
    }),
    ends: { ...SKIPPED, because: /No answer came/, also: runs('checkout:4') },
  },
  {
    name: 'ecs-deployed-again-in-panic',
    shows:
      'an operator deploys the bad release once more before the alarm turns: that is no fix, and a person decides',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:countdown': '1' } });
      shop.release('v2', FAULTY);
      await shop.deployed();
      shop.update({ taskDefinition: shop.releases['v2'], forceNewDeployment: true });
      stage.journal.note('an operator deploys v2 again');
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'skipped', served: false, writes: [], because: /No answer came/ },
      also: (stage) => verdictSays(stage, /checkout:2 was deployed again after the harm began/),
    },
  },
  {
    name: 'ecs-taken-back-by-hand',
    shows:
      'an operator lets ECS roll the deployment back, and then the alarm turns: every sentence of the answer is true',
    target: TARGET,
    play: withInnocent(['v1'], SLOW, async (shop, stage) => {
      shop.release('v2', { errorRate: 0.9 });
      await stage.minutes(1.2);
      takeBack(stage);
      await stage.until('the deployment is back', () => wentTo(stage, 'checkout:1') === null);
    }),
    ends: { ...SKIPPED, because: /rolled the newest deployment back to checkout:1/, also: verdictIsTrue },
  },
];

/** Returns null if the verdict's first reason matches, or else that reason. */
function verdictSays(stage: Stage, words: RegExp): string | null {
  const { verdict } = rollbacksIn(stage.runtime).at(-1)?.states.at(-1)?.input as Rollback;
  const [first = ''] = verdict?.reasons ?? [];
  return words.test(first) ? null : `the verdict says: ${first}`;
}

/** Returns null if no sentence speaks of a revision that does not run. */
function verdictIsTrue(stage: Stage): string | null {
  const reasons = JSON.stringify(rollbacksIn(stage.runtime).at(-1)?.states.at(-1)?.input);
  const wrong = /A rollback brought back checkout:2/.exec(reasons);
  return wrong === null ? wentTo(stage, 'checkout:1') : `says: ${wrong[0]}`;
}
