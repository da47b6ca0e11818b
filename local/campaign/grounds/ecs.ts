import type { Ground } from '../ground.ts';
import { codeDeploy } from './ecs/code-deploy.ts';
import { external } from './ecs/external.ts';
import { native } from './ecs/native.ts';

export const grounds: readonly Ground[] = [...native, ...codeDeploy, ...external];
