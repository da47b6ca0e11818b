// Written by `npm run kinds` from the folders of functions/mechanisms. `npm run check` fails when it is out of date.
import { createSweptKind as ecs } from '../mechanisms/ecs/swept.ts';
import type { SweptKind } from './kind.ts';

export const kinds: Readonly<Record<string, () => SweptKind>> = { ecs: ecs };
