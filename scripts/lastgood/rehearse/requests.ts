import { randomUUID } from 'node:crypto';
import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import type { Instant, Request } from '../../../src/rollback/request.ts';
import { CannotSay } from '../../command-line/status.ts';
import { asker } from '../request.ts';

/** Builds the request of a way back. */
export function backOf(target: string, reason: string, at: Instant): Request {
  const trigger = { type: 'rehearsal', id: `cli:${randomUUID()}`, at, by: asker(), way: 'back' } as const;
  return { target, reason, trigger };
}

/**
 * Builds the request of the way forward: to the revision that ran before.
 * @throws CannotSay where the record does not name it
 */
export function forwardOf({ target, execution, from, request }: RollbackRecord, at: Instant): Request {
  if (from === undefined)
    throw new CannotSay(
      `the record of ${execution} does not name the revision that ran before. Deploy it by hand`,
    );
  const ids = { id: `cli:${randomUUID()}`, at, by: asker(), after: execution } as const;
  return {
    target,
    reason: request.reason,
    revision: from,
    trigger: { type: 'rehearsal', ...ids, way: 'forward' },
  };
}
