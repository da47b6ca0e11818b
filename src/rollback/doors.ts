import type * as z from 'zod/mini';
import type { Claimed, InReversion, Judgeable, Plannable, Planned, Rollback } from './document.ts';
import { InvalidDocument } from './errors.ts';
import { leadOf } from './heard.ts';
import { readRequest, type Instant } from './request.ts';
import { withMemo } from './with-memo.ts';

/*
 * The doors of the states: each returns the document as the type of its state promises it.
 * They throw InvalidDocument, which names the slice that is missing.
 */

/** Returns what a plan is made from. A person who looks claims nothing, so that nobody has read the request before. */
export function asPlannable(rollback: Rollback, now: Instant): Plannable {
  const { claim, verdict } = rollback;
  const request = claim === undefined ? readRequest(rollback.request) : leadOf(rollback);
  return { request, since: claim?.since ?? now, ...(verdict !== undefined && { verdict }) };
}

export function asClaimed(rollback: Rollback): Rollback & Claimed {
  const { execution, claim } = rollback;
  if (execution === undefined) throw new InvalidDocument('execution', 'is missing');
  if (claim === undefined) throw new InvalidDocument('claim', 'is missing');
  return { ...rollback, execution, claim };
}

export function asJudgeable(rollback: Rollback): Judgeable {
  const { plan } = rollback;
  if (plan === undefined) throw new InvalidDocument('plan', 'is missing');
  return { ...rollback, plan };
}

export function asPlanned(rollback: Rollback): Planned {
  const { plan, verdict, ...claimed } = asClaimed(rollback);
  if (plan === undefined) throw new InvalidDocument('plan', 'is missing');
  if (!('rungs' in plan)) throw new InvalidDocument('plan', `has no way back: it is ${plan.state}`);
  if (verdict === undefined) throw new InvalidDocument('verdict', 'is missing');
  return { ...claimed, plan, verdict };
}

export function asInReversion(rollback: Rollback): InReversion {
  const { reverted, ...planned } = asPlanned(rollback);
  if (reverted === undefined) throw new InvalidDocument('reverted', 'is missing');
  if (reverted.state === 'failed') throw new InvalidDocument('reverted', 'has started no way back');
  return { ...planned, reverted, rung: reverted.rung };
}

/** Returns the document with the memo of its plan as its mechanism reads it. */
export function remembering<Document extends Planned, Memo>(rollback: Document, schema: z.ZodMiniType<Memo>) {
  const read = schema.safeParse(rollback.plan.memo);
  if (read.success) return withMemo(rollback, read.data);
  const [issue] = read.error.issues;
  const field = ['plan', 'memo', ...(issue?.path ?? [])].join('.');
  throw new InvalidDocument(field, issue?.message ?? 'cannot be read');
}
