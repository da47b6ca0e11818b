import * as z from 'zod/mini';
import type { Freeze } from '../ledger/freezes.ts';
import { isBlank } from '../rollback/blank.ts';
import { words, type Instant } from '../rollback/request.ts';
import { isAfter, isInFuture, NOT_IN_FUTURE } from '../rollback/time.ts';
import { ignored, misfit, rejected, type Ignored, type Rejected } from './answer.ts';
import { readBusEvent } from './bus-event.ts';
import { toInstant } from './instant.ts';
import type { BusEvent } from './kind.ts';
import { problemOfSender } from './requested.ts';
import { problemOfTarget } from './target.ts';

/** The detail types with which a person or a tool freezes a target, and ends a freeze, on the Lastgood bus. */
export const FREEZE_REQUESTED = 'Rollback Freeze Requested';
export const UNFREEZE_REQUESTED = 'Rollback Unfreeze Requested';

/** Strict: a misspelt `until` must not become a freeze without an end. */
const Freezing = z.strictObject({
  target: z.string(),
  reason: words(2048),
  until: z.optional(z.string()),
  requestedBy: z.optional(words(256)),
});
const Unfreezing = z.strictObject({ target: z.string(), requestedBy: z.optional(words(256)) });

/** A freeze that was requested, or the end of one. */
export type FreezeRequested =
  | { readonly kind: 'freeze'; readonly freeze: Freeze }
  | { readonly kind: 'unfreeze'; readonly target: string; readonly by: string; readonly at: Instant };

/** Reads an event `Rollback Freeze Requested` or `Rollback Unfreeze Requested`. Never throws. */
export function readFreezeRequested(event: unknown, now: Instant): FreezeRequested | Ignored | Rejected {
  const found = readBusEvent(event);
  if (found?.['detail-type'] === FREEZE_REQUESTED) return freezeIn(found, now);
  if (found?.['detail-type'] === UNFREEZE_REQUESTED) return unfreezeIn(found, now);
  return ignored(`is neither "${FREEZE_REQUESTED}" nor "${UNFREEZE_REQUESTED}"`);
}

function freezeIn(event: BusEvent, now: Instant): FreezeRequested | Rejected {
  const detail = Freezing.safeParse(event.detail);
  if (!detail.success) return misfit(detail.error, 'detail');
  const { target, reason, until } = detail.data;
  const { problem, by, at } = commonOf(event, detail.data, now);
  if (problem !== null) return problem;
  if (isBlank(reason)) return rejected('detail.reason', 'must not be blank');
  if (until === undefined) return { kind: 'freeze', freeze: { target, reason, by, at } };
  const end = toInstant(until);
  if (end === null) return rejected('detail.until', 'must be a time such as 2026-11-22T03:00:00Z');
  if (!isAfter(end, at)) return rejected('detail.until', 'must be after the request');
  return { kind: 'freeze', freeze: { target, reason, by, at, until: end } };
}

function unfreezeIn(event: BusEvent, now: Instant): FreezeRequested | Rejected {
  const detail = Unfreezing.safeParse(event.detail);
  if (!detail.success) return misfit(detail.error, 'detail');
  const { problem, by, at } = commonOf(event, detail.data, now);
  return problem ?? { kind: 'unfreeze', target: detail.data.target, by, at };
}

interface Common {
  readonly problem: Rejected | null;
  readonly by: string;
  readonly at: Instant;
}

function commonOf(
  event: BusEvent,
  { target, requestedBy }: { readonly target: string; readonly requestedBy?: string | undefined },
  now: Instant,
): Common {
  const at = toInstant(event.time);
  const ofTarget = problemOfTarget(target);
  const problem =
    problemOfSender(event, 'detail.requestedBy', requestedBy) ??
    (ofTarget === null ? null : rejected('detail.target', ofTarget)) ??
    (at === null ? rejected('time', 'must be a time such as 2026-11-22T03:00:00Z') : null) ??
    (at !== null && isInFuture(at, now) ? rejected('time', NOT_IN_FUTURE) : null);
  return { problem, by: requestedBy ?? event.source, at: at ?? now };
}
