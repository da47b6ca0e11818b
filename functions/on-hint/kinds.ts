// Written by `npm run kinds` from the folders of functions/mechanisms. `npm run check` fails when it is out of date.
import { createStalledKind as ecs } from '../mechanisms/ecs/stalled.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import type { StalledKind } from './kind.ts';

export const kinds: Readonly<Record<string, (surroundings: Surroundings) => StalledKind>> = { ecs: ecs };
