import type { Scenario } from '../scenario.ts';
import { inShop } from './code-deploy-play.ts';
import { wasAskedBecause } from './endings.ts';
import { inExternalShop } from './external-play.ts';
import { openExternalShop } from './external-shop.ts';
import { openShop } from './shop.ts';
import { TARGET } from './target.ts';

const FAULTY = { errorRate: 0.4 };
const CLEAN = {
  outcome: 'failed-clean',
  served: false,
  writes: [],
  through: ['Claim', 'Claimed', 'Plan', 'Judge', 'Verdict', 'Report', 'Outcome', 'FailedClean'],
} as const;

const moved = { tag: 'stable' };
const codeDeploy = inShop({ keepsOldMinutes: 0, firstHow: moved }, async (shop) =>
  shop.ended(shop.release('v2', FAULTY, moved)),
);

const latest = { unpinned: true };
const scaledDown = inExternalShop(async (stage, keep) => {
  const shop = keep(await openExternalShop(stage, { firstHow: latest }));
  await shop.release('v2', FAULTY, latest);
  shop.scale('v1', 25);
  await stage.aftermath();
});

/** Names of images that lead to other images than when the last known good was proven. */
export const movedImages: readonly Scenario[] = [
  {
    name: 'ecs-latest-elsewhere',
    shows:
      'the release names its image by latest in a registry that Lastgood may not read, as the good one does: a person is asked',
    target: TARGET,
    async play(stage) {
      const how = { public: 'ghcr.io/acme/checkout:latest', unpinned: true };
      const shop = await openShop(stage, { firstHow: how });
      shop.release('v2', FAULTY, how);
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: false,
      writes: [],
      because: /No answer came/,
      through: [
        ...['Claim', 'Claimed', 'Plan', 'Judge', 'Verdict', 'Approve', 'Unanswered', 'Listen', 'Listened'],
        ...['Reread', 'Review', 'Report', 'Outcome', 'Skipped'],
      ],
      also: wasAskedBecause(
        /checkout:1 may come back with another image: .*checkout:latest too, and Lastgood cannot see where/,
      ),
    },
  },
  {
    name: 'ecs-codedeploy-tag-moved',
    shows:
      'a pipeline pushes each release under one tag: deploying the good definition again would bring the bad image, so it ends clean',
    target: TARGET,
    play: codeDeploy.play,
    ends: {
      ...CLEAN,
      because: /passed over checkout:2: image .*:stable was pushed after checkout:2 was registered/,
    },
  },
  {
    name: 'ecs-external-latest-moved',
    shows:
      'latest has moved and the old task set was scaled down: its new tasks would pull the bad image, so it ends clean',
    target: TARGET,
    play: scaledDown.play,
    ends: {
      ...CLEAN,
      because: /its task set cannot be used: image .*:latest was pushed after checkout:1 was registered/,
    },
  },
];
