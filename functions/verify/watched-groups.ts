import type { InReversion } from '../../src/rollback/document.ts';
import type { Watch } from '../../src/rollback/plan.ts';

/** The target groups that carry the traffic after the way back: as Settle found them, else as the plan foresaw them. */
export function watchedGroups({ plan, settled }: InReversion): Watch['targetGroups'] {
  const found = settled?.state === 'settled' ? settled.targetGroups : undefined;
  return found ?? plan.watch.targetGroups;
}
