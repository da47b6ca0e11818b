import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../rollback/request.ts';
import { after } from '../rollback/time.ts';
import { keepUntil, sortable } from './keep.ts';
import { writeIf } from './write.ts';

/** The key under which hints of all targets stand. It is no target. */
export const HINTS = 'hint';

/**
 * Tasks fail in dozens, and each failure invokes a function. One look at AWS in this time sees them all; what fails after the
 * last look is left to the sweep.
 */
const APART_SECONDS = 20;

/** Spaces out the looks that hints ask for, over all containers of a function. */
export interface Hints {
  /** True: it is this one's turn to look at the target. */
  isDue(target: string, now: Instant): Promise<boolean>;
}

/** One conditional write in the ledger's table. Action used: dynamodb:UpdateItem. */
export function createHints(client: DynamoDBDocumentClient, table: string): Hints {
  return {
    isDue: (target, now) =>
      writeIf(client, table, {
        key: { target: HINTS, item: target },
        set: { lookedAt: sortable(now), ...keepUntil(now, 1) },
        when: 'attribute_not_exists(#lookedAt) OR #lookedAt <= :before',
        values: { before: after(now, -APART_SECONDS) },
      }),
  };
}
