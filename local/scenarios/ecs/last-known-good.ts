import type { Scenario } from '../scenario.ts';
import { wasAskedBecause, wentTo } from './endings.ts';
import { openShop, request } from './shop.ts';
import { TARGET } from './target.ts';
import { GOOD } from './task-definitions.ts';
import { rollbacksIn } from '../rollbacks.ts';

const FAULTY = { errorRate: 0.4 };

/** Scenarios about where to go back to. */
export const lastKnownGood: readonly Scenario[] = [
  {
    name: 'ecs-no-last-known-good',
    shows: 'the very first release hurts: there is nothing to go back to, it ends clean and says so',
    target: TARGET,
    async play(stage) {
      await openShop(stage, { first: FAULTY, proven: false });
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, writes: [], because: /last known good/i },
  },
  {
    name: 'ecs-not-the-one-before',
    shows:
      'a bad release after one that was never proven: the way back leads to the proven one, not to the one before',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:soak': '30' } });
      await stage.minutes(25);
      shop.release('v2');
      await shop.deployed();
      // A release within ten minutes of another one may be its fix.
      await stage.minutes(11);
      shop.release('v3', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => wentTo(stage, 'checkout:1'),
    },
  },
  {
    name: 'ecs-inactive-task-definition',
    shows: 'the last known good task definition was deregistered: the next older proven one is taken',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2');
      await shop.deployed();
      await stage.minutes(10);
      shop.release('v3', FAULTY);
      await shop.deployed();
      stage.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: shop.releases['v2'] });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => wentTo(stage, 'checkout:1'),
    },
  },
  {
    name: 'ecs-image-gone',
    shows: 'the image of the only good revision was deleted from the registry: ends clean and says so',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      await shop.deployed();
      stage.call('ecr', 'BatchDeleteImage', { repositoryName: 'checkout', imageIds: [{ imageTag: 'v1' }] });
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, writes: [], because: /image/i },
  },
  {
    name: 'ecs-forced-redeploy',
    shows:
      'the tag moved to a bad image and the same task definition is deployed again: revisions differ by id',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, {
        desiredCount: 12,
        deployment: { maximumPercent: 125, minimumHealthyPercent: 100 },
      });
      stage.world.ecr.push('checkout', 'v1', { ...GOOD, ...FAULTY, startSeconds: 100 });
      shop.update({ forceNewDeployment: true });
      stage.journal.note('the service is deployed again with the same task definition');
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['StopServiceDeployment'] },
  },
  {
    name: 'ecs-moved-tag',
    shows:
      'the good revision named its image by a tag that has moved: deploying it again would bring the bad image, so it ends clean',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      stage.world.ecr.push('checkout', 'v1', { ...GOOD, ...FAULTY });
      shop.update({ forceNewDeployment: true });
      stage.journal.note('the service is deployed again with the same task definition');
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, writes: [], because: /deploying it again would deploy/ },
  },
  {
    name: 'ecs-capacity-providers-changed',
    shows:
      'the bad release also changed the capacity provider strategy, which ECS restores only in a forced deployment: it is forced',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }];
      shop.release('v2', FAULTY, { service: { capacityProviderStrategy, forceNewDeployment: true } });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => wentTo(stage, 'checkout:1'),
    },
  },
  {
    name: 'ecs-latest-moved',
    shows:
      'every release names its image by latest and ECS keeps no digest: that name no longer leads to the good image, so nothing is deployed',
    target: TARGET,
    async play(stage) {
      const unpinned = { unpinned: true };
      const shop = await openShop(stage, { firstHow: unpinned });
      shop.release('v2', FAULTY, unpinned);
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: [],
      because: /pushed after checkout:1 was deployed, and ECS kept no digest/,
    },
  },
  {
    name: 'ecs-condemned-again',
    shows:
      'the night run deploys a condemned revision again, under a new id, and it keeps quiet: it is no candidate for the next bad release',
    target: TARGET,
    follows: 'last',
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:cooldown': '0' } });
      shop.release('v2');
      await shop.deployed();
      request(stage, { target: TARGET, reason: 'carts are empty since the release' });
      await stage.aftermath();
      shop.update({ taskDefinition: shop.releases['v2'] });
      stage.journal.note('the night run deploys v2 again');
      await shop.deployed();
      await stage.minutes(10);
      shop.release('v3', FAULTY);
      await stage.until('another rollback has begun', () => rollbacksIn(stage.runtime).length > 1);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService', 'UpdateService'],
      also: (stage) => wentTo(stage, 'checkout:1'),
    },
  },
  {
    name: 'ecs-condemned-registered-anew',
    shows:
      'a pipeline registers a condemned definition and image under a new name, and it keeps quiet: it is no candidate for the next bad release',
    target: TARGET,
    follows: 'last',
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:cooldown': '0' } });
      shop.release('v2');
      await shop.deployed();
      request(stage, { target: TARGET, reason: 'carts are empty since the release' });
      await stage.aftermath();
      shop.release('v3', {}, { imageOf: 'v2' });
      await shop.deployed();
      await stage.minutes(10);
      shop.release('v4', FAULTY);
      await stage.until('another rollback has begun', () => rollbacksIn(stage.runtime).length > 1);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService', 'UpdateService'],
      also: (stage) => wentTo(stage, 'checkout:1'),
    },
  },
  {
    name: 'ecs-condemned-hurts-under-a-new-name',
    shows:
      'a condemned definition is registered anew, deployed and hurts again: a person is asked, as for the same name',
    target: TARGET,
    follows: 'last',
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:cooldown': '0', 'lastgood:countdown': '1' } });
      shop.release('v2', FAULTY);
      await stage.aftermath();
      shop.release('v3', {}, { imageOf: 'v2' });
      await stage.until('another rollback has begun', () => rollbacksIn(stage.runtime).length > 1);
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: false,
      writes: ['UpdateService'],
      because: /No answer came/,
      also: wasAskedBecause(/checkout:3 was rolled back before and is deployed again/),
    },
  },
];
