import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { expectNotCondemned } from './endings.ts';
import { FAULTY, inExternalShop } from './external-play.ts';
import { openExternalShop, type ExternalShop } from './external-shop.ts';
import { TARGET } from './target.ts';

/** A question that waits for a minute. */
const BRIEF = { tags: { 'lastgood:countdown': '1' } };

/**
 * Plays a bad release that hurts for a minute and a half. After that the ledger must have condemned none of the innocent
 * ones.
 */
function hurting(
  innocent: readonly string[],
  proven: readonly string[],
  act: (shop: ExternalShop, stage: Stage) => Promise<void>,
) {
  return inExternalShop(async (stage, keep) => {
    const shop = keep(await openExternalShop(stage, BRIEF));
    for (const name of proven) {
      await shop.release(name);
      await stage.minutes(10);
      await shop.remove('v1');
    }
    await shop.release('bad', FAULTY);
    await stage.minutes(1.5);
    await act(shop, stage);
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
const prepared = inExternalShop(async (stage, keep) => {
  const shop = keep(await openExternalShop(stage, BRIEF));
  await shop.release('fix', {}, { share: 0 });
  stage.traffic.failAll(FAULTY.errorRate);
  await stage.aftermath();
});

const SKIPPED = { outcome: 'skipped', served: true, writes: [] } as const;

/** A bad release, and a correction by its owner before the alarm turns. */
export const externalPutBack: readonly Scenario[] = [
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
    shows: 'the service hurts while a new task set is prepared that has no traffic yet: Lastgood yields',
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
