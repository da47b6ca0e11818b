import type { Relation } from '../../src/rollback/facts.ts';
import type { Settings } from '../../src/rollback/settings.ts';

/** Returns the relation of a thing with these names to the target, by its tag `lastgood:needs`. */
export function relationOf(names: readonly string[], { needs }: Pick<Settings, 'needs'>): Relation {
  if (needs === undefined) return 'unknown';
  return names.some((name) => needs.includes(name)) ? 'dependency' : 'neighbour';
}
