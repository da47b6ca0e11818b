import * as z from 'zod/mini';
import { maskForeign } from '../aws/mask.ts';
import type { HandoverAnswer } from '../ledger/handovers.ts';
import { words } from '../rollback/request.ts';
import { ignored, misfit, rejected, type Ignored, type Rejected } from './answer.ts';
import { readBusEvent } from './bus-event.ts';
import { toInstant } from './instant.ts';
import { problemOfSender } from './requested.ts';

/** The detail type with which another system answers `Rollback Wanted`, on the Lastgood bus. */
export const ROLLBACK_ANSWERED = 'Rollback Answered';

/** The id in `Rollback Wanted`. */
const rollback = z.string().check(z.regex(/^[0-9a-f]{32}$/, 'must be the id that Rollback Wanted has'));
const url = z
  .string()
  .check(z.maxLength(1024), z.regex(/^https:\/\/[^\s@]+$/, 'must be a URL that begins with https://'));
const revision = z
  .string()
  .check(z.regex(/^[^\s\p{Cc}\p{Cf}]{1,128}$/u, 'must have 1 to 128 characters, and no spaces'));

/** Strict: a misspelt field must not become another answer. */
const Detail = z.discriminatedUnion('state', [
  z.strictObject({ rollback, state: z.literal('accepted'), url: z.optional(url) }),
  z.strictObject({ rollback, state: z.literal('running'), progress: words(512) }),
  z.strictObject({ rollback, state: z.literal('done'), revision }),
  z.strictObject({ rollback, state: z.literal('refused'), reason: words(1024) }),
  z.strictObject({
    rollback,
    state: z.literal('failed'),
    reason: words(1024),
    touched: z.optional(z.boolean()),
  }),
]);

export interface RollbackAnswered {
  readonly kind: 'rollback-answer';
  readonly rollback: string;
  readonly source: string;
  readonly answer: HandoverAnswer;
}

/** Reads an event `Rollback Answered`. Never throws. */
export function readRollbackAnswered(event: unknown): RollbackAnswered | Ignored | Rejected {
  const found = readBusEvent(event);
  if (found?.['detail-type'] !== ROLLBACK_ANSWERED) return ignored(`is not "${ROLLBACK_ANSWERED}"`);
  const detail = Detail.safeParse(found.detail);
  if (!detail.success) return misfit(detail.error, 'detail');
  const problem = problemOfSender(found, 'source', undefined);
  if (problem !== null) return problem;
  if (toInstant(found.time) === null) return rejected('time', 'must be a time such as 2026-11-22T03:00:00Z');
  const { rollback: id, ...answer } = detail.data;
  return { kind: 'rollback-answer', rollback: id, source: found.source, answer: masked(answer) };
}

/** Masks secrets: the words are kept, published and shown. */
function masked(answer: HandoverAnswer): HandoverAnswer {
  switch (answer.state) {
    case 'accepted':
      return answer.url === undefined ? answer : { ...answer, url: maskForeign(answer.url) };
    case 'running':
      return { ...answer, progress: maskForeign(answer.progress) };
    case 'refused':
    case 'failed':
      return { ...answer, reason: maskForeign(answer.reason) };
    case 'done':
      return answer;
  }
}
