// Written by `npm run kinds` from the folders of the kinds. `npm run check` fails when it is out of date.
import { createStalledKind as ecs } from '../mechanisms/ecs/stalled.ts';
import type { StalledKind } from '../../src/targets/kind.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';

export const kinds: Readonly<Record<string, (surroundings: Surroundings) => StalledKind>> = { ecs: ecs };
