import type { Ground } from '../ground.ts';
import { byCodeDeploy } from './lambda/code-deploy.ts';
import { byPipeline } from './lambda/pipeline.ts';

export const grounds: readonly Ground[] = [...byPipeline, ...byCodeDeploy];
