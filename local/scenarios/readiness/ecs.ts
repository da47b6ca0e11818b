import { openProvenShop } from '../ecs/proven-shop.ts';
import type { Shop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Stage } from '../stage.ts';
import { readinessStories } from './story.ts';

function deregister(stage: Stage, { releases }: Shop, release: string): void {
  stage.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: releases[release] });
}

function deleteImage(stage: Stage, imageTag: string): void {
  stage.call('ecr', 'BatchDeleteImage', { repositoryName: 'checkout', imageIds: [{ imageTag }] });
}

/** What a check finds on a service of ECS's own controller. */
export const readinessEcs = readinessStories(TARGET, (stage) => openProvenShop(stage), [
  {
    name: 'ecs-healthy',
    shows: 'two proven releases, and everything is as it should be: nothing is found',
    finds: [],
    ready: 'yes',
    also: ({ score, way, estimate }) =>
      score === 100 && way?.to === 'checkout:1' && (estimate?.deployments ?? 0) > 0
        ? null
        : JSON.stringify({ score, way, estimate }),
  },
  {
    name: 'ecs-definition-inactive',
    shows: 'the only proven task definition was deregistered: there is no way back',
    spoil: (stage, shop) => deregister(stage, shop, 'v1'),
    finds: ['no-way-back', 'definition-inactive'],
    ready: 'no',
  },
  {
    name: 'ecs-definition-inactive-running',
    shows: 'the running task definition was deregistered: the next release has no way back',
    spoil: (stage, shop) => deregister(stage, shop, 'v2'),
    finds: ['definition-inactive'],
    ready: 'yes',
  },
  {
    name: 'ecs-image-gone',
    shows: 'the image of the only proven release was deleted: there is no way back',
    spoil: (stage) => deleteImage(stage, 'v1'),
    finds: ['no-way-back', 'image-gone'],
    ready: 'no',
  },
]);
