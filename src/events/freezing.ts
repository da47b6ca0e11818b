import type { Revision } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';
import type { OutgoingEvent } from './publish.ts';

/** A revision that a rollback condemned. */
export interface Condemned {
  readonly target: string;
  readonly revision: Revision;
  readonly execution: string;
  readonly reason: string;
  readonly at: Instant;
}

export function condemnedOf({ at: frozenAt, ...condemned }: Condemned): OutgoingEvent {
  return {
    type: 'Rollback Frozen',
    detail: { version: '1', by: 'lastgood', frozenAt, ...condemned },
  };
}

/** A target that a person froze. */
export interface Frozen {
  readonly target: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
  readonly until?: Instant;
}

export function frozenOf({ at: frozenAt, ...freeze }: Frozen): OutgoingEvent {
  return { type: 'Rollback Frozen', detail: { version: '1', frozenAt, ...freeze } };
}

/** A target that a person unfroze. */
export function unfrozenOf(target: string, by: string, unfrozenAt: Instant): OutgoingEvent {
  return { type: 'Rollback Unfrozen', detail: { version: '1', target, by, unfrozenAt } };
}
