import type { Act } from './act.ts';
import { deployments } from './deployments.ts';
import { people } from './people.ts';
import { surroundings } from './surroundings.ts';

export const ACTS: readonly Act[] = [...deployments, ...people, ...surroundings];
