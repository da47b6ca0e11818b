import type { Scenario } from '../scenario.ts';
import { answers } from './answers.ts';
import { people } from './people.ts';
import { sharedImage } from './shared-image.ts';
import { tools } from './tools.ts';

export const storms: readonly Scenario[] = [...sharedImage, ...answers, ...people, ...tools];
