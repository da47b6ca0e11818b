import type * as z from 'zod/mini';
import type {
  Claimed,
  InReversion,
  Judgeable,
  Plan,
  Plannable,
  Planned,
  Rollback,
  Slices,
} from './document.ts';
import { InvalidDocument } from './errors.ts';
import { leadOf } from './heard.ts';
import { readRequest, type Instant } from './request.ts';
import { withMemo } from './with-memo.ts';

/*
 * Each function checks the document for one kind of state, and returns it as the type of that state.
 * They throw InvalidDocument, which names the missing slice.
 */

/** Returns the input of a plan. A read-only plan has no claim, so its request is read here for the first time. */
export function asPlannable(rollback: Rollback, now: Instant): Plannable {
  const { claim, verdict } = rollback;
  const request = claim === undefined ? readRequest(rollback.request) : leadOf(rollback);
  if (verdict !== undefined) return { request, since: now, verdict };
  return { request, since: claim?.since ?? now };
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

/** Returns the document with the memo of its plan, parsed by the schema of its mechanism. */
export function remembering<Document extends Planned, Memo>(rollback: Document, schema: z.ZodMiniType<Memo>) {
  return withMemo(rollback, memoOf(rollback.plan, schema));
}

/** Returns the plan of any document, with its memo parsed. */
export function rememberedPlan<Memo>({ plan }: Slices, schema: z.ZodMiniType<Memo>): Plan<Memo> {
  if (plan === undefined) throw new InvalidDocument('plan', 'is missing');
  return 'memo' in plan ? { ...plan, memo: memoOf(plan, schema) } : plan;
}

function memoOf<Memo>({ memo }: Planned['plan'], schema: z.ZodMiniType<Memo>): Memo {
  const read = schema.safeParse(memo);
  if (read.success) return read.data;
  const first = read.error.issues.slice(0, 1);
  const field = ['plan', 'memo', ...first.flatMap(({ path }) => path)].join('.');
  throw new InvalidDocument(field, first.map(({ message }) => message).join(''));
}
