import type { Relation } from '../../src/rollback/facts.ts';
import type { Settings } from '../../src/rollback/settings.ts';

/** What something of one of these names is to the target, by its tag `lastgood:needs`. */
export function relationOf(names: readonly string[], { needs }: Pick<Settings, 'needs'>): Relation {
  if (needs === undefined) return 'unknown';
  return names.some((name) => needs.includes(name)) ? 'dependency' : 'neighbour';
}
