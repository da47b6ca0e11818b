import { nameOf, type Ground } from './ground.ts';
import { kinds } from './kinds.ts';

/** The grounds of every kind. */
export const GROUNDS: readonly Ground[] = kinds.flat();

/** @throws Error if there is no such ground */
export function groundNamed(name: string): Ground {
  const found = GROUNDS.find((ground) => nameOf(ground) === name);
  if (found === undefined) throw new Error(`no ground is named ${JSON.stringify(name)}`);
  return found;
}
