import type { Tags } from '../../../src/rollback/plan.ts';

/** What the conditions in function.yml ask of what is written to. */
export function isOptedIn(tags: Tags): boolean {
  return tags['lastgood'] === 'auto' || tags['lastgood'] === 'approve';
}
