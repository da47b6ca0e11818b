import type { Scenario } from '../scenario.ts';
import { expectNotCondemned } from './endings.ts';
import { openExternalShop, type ExternalShop } from './external-shop.ts';
import { request } from './shop.ts';
import { TARGET } from './target.ts';
import type { Stage } from '../stage.ts';

const FAULTY = { errorRate: 0.4 };
const SWITCHED = ['ModifyListener', 'ModifyRule', 'UpdateServicePrimaryTaskSet'];

const alarmed = (stage: Stage) => () => stage.world.cloudwatch.alarmState('checkout-errors') === 'ALARM';

/** Keeps the shop of a story for what is looked at after it. */
function staged(tell: (stage: Stage, keep: (shop: ExternalShop) => ExternalShop) => Promise<void>) {
  const shops = new WeakMap<Stage, ExternalShop>();
  return {
    play: (stage: Stage) =>
      tell(stage, (shop) => {
        shops.set(stage, shop);
        return shop;
      }),
    serves: (name: string) => (stage: Stage) => shops.get(stage)?.servesAlone(name) ?? null,
  };
}

const completed = staged(async (stage, keep) => {
  const shop = keep(await openExternalShop(stage));
  await shop.release('v2', FAULTY);
  await stage.aftermath();
});

const canary = staged(async (stage, keep) => {
  const shop = keep(await openExternalShop(stage));
  await shop.release('v2', FAULTY, { share: 30 });
  await stage.aftermath();
});

const scaledDown = staged(async (stage, keep) => {
  const shop = keep(await openExternalShop(stage));
  await shop.release('v2', FAULTY);
  shop.scale('v1', 25);
  await stage.aftermath();
});

const unattached = staged(async (stage, keep) => {
  const shop = keep(await openExternalShop(stage));
  await shop.release('v2', FAULTY, { forgetful: true });
  await stage.aftermath();
});

const proven = staged(async (stage, keep) => {
  const shop = keep(await openExternalShop(stage));
  await shop.release('v2', FAULTY);
  await shop.remove('v1');
  await stage.aftermath();
});

const requested = staged(async (stage, keep) => {
  const shop = keep(await openExternalShop(stage));
  await shop.release('v2', { latency: 0.4 });
  await shop.remove('v1');
  await stage.minutes(5);
  request(stage, { target: TARGET, reason: 'slow, by the look of it', revision: shop.releases['v1'] ?? '' });
  await stage.aftermath();
});

/** A question that stands for a minute. */
const BRIEF = { tags: { 'lastgood:countdown': '1' } };

/** A bad release that hurts for a minute and a half; after the story the ledger must hold nothing against the others. */
function hurting(
  innocent: readonly string[],
  proven: readonly string[],
  tell: (shop: ExternalShop, stage: Stage) => Promise<void>,
) {
  return staged(async (stage, keep) => {
    const shop = keep(await openExternalShop(stage, BRIEF));
    for (const name of proven) {
      await shop.release(name);
      await stage.minutes(10);
      await shop.remove('v1');
    }
    await shop.release('bad', FAULTY);
    await stage.minutes(1.5);
    await tell(shop, stage);
    await stage.aftermath();
    await expectNotCondemned(
      stage,
      innocent.map((name) => shop.releases[name] ?? ''),
    );
  });
}

const switchedBack = hurting(['v1'], [], (shop) => shop.putBack('v1'));
const renewed = hurting(['v1'], [], async (shop) => {
  await shop.remove('v1');
  await shop.putBack('v1');
  await shop.remove('bad');
});
const switchedBackOfTwo = hurting(['v1', 'v2'], ['v2'], (shop) => shop.putBack('v2'));
const hotfix = hurting(['v1', 'fix'], [], async (shop) => {
  await shop.remove('v1');
  await shop.release('fix');
});
const hotfixOfTwo = hurting(['v1', 'v2', 'fix'], ['v2'], async (shop) => {
  await shop.remove('v2');
  await shop.release('fix');
});
const prepared = staged(async (stage, keep) => {
  const shop = keep(await openExternalShop(stage, BRIEF));
  await shop.release('fix', {}, { share: 0 });
  stage.traffic.failAll(FAULTY.errorRate);
  await stage.aftermath();
});

const SKIPPED = { outcome: 'skipped', served: true, writes: [] } as const;

/** A bad release, and what its owner has done about it before the alarm turns. */
const putBackStories: readonly Scenario[] = [
  {
    name: 'ecs-external-put-back-by-hand',
    shows:
      'traffic and mark are given back to the old task set before the alarm turns: nothing is done about it',
    target: TARGET,
    play: switchedBack.play,
    ends: {
      ...SKIPPED,
      because: /checkout:1 is back already: it replaced checkout:2/,
      also: switchedBack.serves('v1'),
    },
  },
  {
    name: 'ecs-external-put-back-anew',
    shows: 'the old task set was gone, and a new one of the same release takes over before the alarm turns',
    target: TARGET,
    play: renewed.play,
    ends: { ...SKIPPED, because: /checkout:1 is back already/, also: renewed.serves('v1') },
  },
  {
    name: 'ecs-external-put-back-two-proven',
    shows: 'two releases are proven and the newer one is given the traffic back before the alarm turns',
    target: TARGET,
    play: switchedBackOfTwo.play,
    ends: {
      ...SKIPPED,
      because: /checkout:2 (is back already: it replaced|serves, and) checkout:3/,
      also: switchedBackOfTwo.serves('v2'),
    },
  },
  {
    name: 'ecs-external-hotfix-before-alarm',
    shows: 'the hotfix takes over before the alarm turns: it is not undone without a person',
    target: TARGET,
    play: hotfix.play,
    ends: { ...SKIPPED, because: /checkout:3 replaced checkout:2/, also: hotfix.serves('fix') },
  },
  {
    name: 'ecs-external-hotfix-two-proven',
    shows: 'two releases are proven and the hotfix of a third takes over before the alarm turns',
    target: TARGET,
    play: hotfixOfTwo.play,
    ends: { ...SKIPPED, because: /checkout:4 replaced checkout:3/, also: hotfixOfTwo.serves('fix') },
  },
  {
    name: 'ecs-external-prepared',
    shows: 'the service hurts while a new task set is prepared that has no traffic yet: it is let through',
    target: TARGET,
    play: prepared.play,
    ends: {
      outcome: 'skipped',
      served: false,
      because: /checkout:1 serves, and checkout:2, which is newer, has no traffic/,
      writes: [],
    },
  },
];

/** Task sets under the EXTERNAL controller: the listener's weights are the owner's, and so is the rollout. */
export const externalTaskSets: readonly Scenario[] = [
  {
    name: 'ecs-external-in-flight',
    shows:
      'an external tool gives a new task set a third of the traffic and the alarm turns: all of it goes back',
    target: TARGET,
    play: canary.play,
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['ModifyListener', 'ModifyRule'],
      also: canary.serves('v1'),
    },
  },
  {
    name: 'ecs-external-completed',
    shows: 'the old task set still stands at full scale: traffic and the primary mark go back to it at once',
    target: TARGET,
    play: completed.play,
    ends: { outcome: 'rolled-back', served: true, writes: SWITCHED, also: completed.serves('v1') },
  },
  {
    name: 'ecs-external-scaled-down',
    shows: 'the old task set was scaled down: it grows first, and gets the traffic when it can carry it',
    target: TARGET,
    play: scaledDown.play,
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateTaskSet', ...SWITCHED],
      also: scaledDown.serves('v1'),
    },
  },
  {
    name: 'ecs-external-unattached',
    shows:
      'no listener knows the old target group any more, so nobody checks its health: attached without weight first',
    target: TARGET,
    play: unattached.play,
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['ModifyListener', 'ModifyRule', ...SWITCHED],
      also: unattached.serves('v1'),
    },
  },
  {
    name: 'ecs-external-new-task-set',
    shows:
      'the old task set is gone, and its revision was proven: a new one of it takes over when it is healthy',
    target: TARGET,
    play: proven.play,
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['CreateTaskSet', ...SWITCHED],
      also: proven.serves('v1'),
    },
  },
  {
    name: 'ecs-external-requested',
    shows: 'a tool asks for a revision by its task definition, with no alarm: it gets a new task set of it',
    target: TARGET,
    play: requested.play,
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['CreateTaskSet', ...SWITCHED],
      also: requested.serves('v1'),
    },
  },
  {
    name: 'ecs-external-same-group',
    shows:
      'both task sets stand behind one target group: traffic cannot be moved between them, and nothing is touched',
    target: TARGET,
    async play(stage) {
      const shop = await openExternalShop(stage, { oneGroup: true });
      await shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, because: /same target group/, writes: [] },
  },
  {
    name: 'ecs-external-listener-not-opted-in',
    shows: 'the service is opted in and its listener is not: says so and changes nothing',
    target: TARGET,
    async play(stage) {
      const shop = await openExternalShop(stage, { partTags: {} });
      await shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, because: /not tagged lastgood=auto/, writes: [] },
  },
  {
    name: 'ecs-external-overtaken',
    shows: 'the fix is deployed while the old task set grows: it is let through',
    target: TARGET,
    async play(stage) {
      const shop = await openExternalShop(stage);
      await shop.release('v2', FAULTY);
      shop.scale('v1', 25);
      await stage.until('the alarm turned', alarmed(stage));
      await stage.minutes(0.2);
      await shop.release('v3');
      await stage.aftermath();
    },
    ends: { outcome: 'failed-dirty', served: true, because: /newer/, writes: ['UpdateTaskSet'] },
  },
  ...putBackStories,
];
