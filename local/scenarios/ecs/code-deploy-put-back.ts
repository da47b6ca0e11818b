import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { FAULTY, inShop, SKIPPED, type Act, type Opening } from './code-deploy-play.ts';
import type { CodeDeployShop } from './code-deploy-shop.ts';
import { expectNotCondemned } from './endings.ts';
import { TARGET } from './target.ts';

/** A question that waits for a minute. */
const BRIEF = { 'lastgood:countdown': '1' };

/** Plays a scenario after which the ledger must have condemned none of these releases. */
function withInnocent(innocent: readonly string[], open: Opening, act: Act) {
  const { play, serves, shopOf } = inShop(open, act);
  return {
    serves,
    play: async (stage: Stage) => {
      await play(stage);
      const shop = shopOf(stage);
      await expectNotCondemned(
        stage,
        innocent.map((name) => shop?.releases[name] ?? ''),
      );
    },
  };
}

/** Deploys a bad release, and lets a minute pass. */
async function hurting(shop: CodeDeployShop, stage: Stage, name: string): Promise<void> {
  await shop.ended(shop.release(name, FAULTY));
  await stage.minutes(1);
}

const putBack = withInnocent(['v1'], { keepsOldMinutes: 0 }, async (shop, stage) => {
  await hurting(shop, stage, 'v2');
  shop.putBack('v1');
});
/** The alarm about v2 never turns, so v2 is not condemned. The alarm that turns is about an outage. */
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

/** A bad release, and a correction before the alarm turns. */
export const codeDeployPutBack: readonly Scenario[] = [
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
      'an operator deploys the good release again in time, and an outage comes later: the bad one is no candidate',
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
    ends: { ...SKIPPED, because: /No answer came/, also: hotfix.serves('v3') },
  },
  {
    name: 'ecs-codedeploy-hotfix-two-proven',
    shows: 'two releases are proven and the hotfix of a third is deployed before the alarm turns',
    target: TARGET,
    play: hotfixOfTwo.play,
    ends: { ...SKIPPED, because: /No answer came/, also: hotfixOfTwo.serves('v4') },
  },
];
