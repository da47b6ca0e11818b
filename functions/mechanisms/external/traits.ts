import type { Revision } from '../../../src/rollback/plan.ts';
import type { Traits } from '../../../src/rollback/traits.ts';
import { asSent } from './revision.ts';

/** Returns the revision itself: nothing else is known of it. */
export function traits(_: string, revision: Revision): Promise<Traits | null> {
  const id = asSent(revision);
  return Promise.resolve(id === null ? null : { revision: { shown: id } });
}
