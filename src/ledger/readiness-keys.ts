import type { Instant } from '../rollback/request.ts';
import { after } from '../rollback/time.ts';
import { keepUntil, sortable } from './keep.ts';
import { CHANGE_MINUTES } from './readinesses.ts';
import type { Write } from './write.ts';

/** The partition of the last checks, by target. No target has this name, because a target has a colon. */
export const READINESS = 'readiness';

/** The partition of what the schedule needs: changes, and the cursor of the daily checks. */
export const DUE = 'readiness-due';

/** The partition of the checked targets' names. */
export const KNOWN = 'readiness-known';

/** A change that was not checked for so long is left to the daily check. */
export const CHANGE_DAYS = 1;

/** Returns the write that makes the check after a change due. A redelivered event changes nothing. */
export function asChanged(target: string, changedAt: Instant): Write {
  const dueAt = after(changedAt, CHANGE_MINUTES * 60);
  return {
    key: { target: DUE, item: `${sortable(dueAt)}#${target}` },
    set: { of: target, ...keepUntil(dueAt, CHANGE_DAYS) },
    when: 'attribute_not_exists(#item)',
  };
}
