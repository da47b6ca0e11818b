import type { Planned } from './document.ts';
import type { Poll } from './mechanism.ts';
import { rehearsalOf } from './request.ts';

/** A deployment by another than Lastgood, made during the way back. */
export interface Newer {
  readonly by: string;
  readonly reason: string;
}

/** Returns the poll of a way back that a newer deployment has overtaken. */
export function overtaken({ by, reason }: Newer): Poll {
  return { state: 'overtaken', by, reason };
}

/**
 * Follows a newer deployment of the same good revision, as of an operator who goes back at the same time. Any other has
 * overtaken the way back. So has any that comes into a rehearsal: what a person deployed there stays.
 * @param poll polls the newer one; null: it deploys another revision, or what it deploys is not known
 */
export async function takenOver(
  { request, plan }: Pick<Planned, 'request' | 'plan'>,
  newer: Newer,
  poll: () => Promise<Poll | null> | Poll | null,
): Promise<Poll> {
  const same = rehearsalOf(request) === null ? await poll() : null;
  if (same === null) return overtaken(newer);
  if (!('summary' in same)) return same;
  return { ...same, summary: `${newer.reason}, of ${plan.to.name} as well; ${same.summary}` };
}
