import type { InReversion } from '../../src/rollback/document.ts';
import type { Watch } from '../../src/rollback/plan.ts';

/**
 * Returns the target groups that carry the traffic after the way back: those that Settle found, else those of the plan.
 */
export function watchedGroups({ plan, settled }: InReversion): Watch['targetGroups'] {
  const found = settled?.state === 'settled' ? settled.targetGroups : undefined;
  return found ?? plan.watch.targetGroups;
}
