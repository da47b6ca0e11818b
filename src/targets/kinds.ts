// Written by `npm run kinds` from the folders of functions/mechanisms. `npm run check` fails when it is out of date.
import { kind as ecs } from '../../functions/mechanisms/ecs/target.ts';
import type { Kind } from './kind.ts';

export const kinds: readonly Kind[] = [ecs];
