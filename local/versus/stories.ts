import { codeDeploy } from './code-deploy.ts';
import { fleets } from './fleet.ts';
import { rolling } from './rolling.ts';
import { shifting } from './shifting.ts';
import type { Story } from './story.ts';

/** Every story of a bad release, in the order of the tables. */
export const stories: readonly Story[] = [...rolling, ...shifting, ...codeDeploy, ...fleets];
