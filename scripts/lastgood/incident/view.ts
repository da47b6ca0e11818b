import type { AlarmTrigger, Instant, Request } from '../../../src/rollback/request.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import { NotWritten } from './not-written.ts';
import type { Judged, Past } from './past.ts';

/** The part of an execution that one incident holds: an alarm and the looks at it. */
export interface View {
  /** The trigger that decided. */
  readonly request: Request & { readonly trigger: AlarmTrigger };
  readonly looks: readonly [Judged, ...Judged[]];
}

/**
 * Returns the trigger that decided, with the looks at it. A later trigger was judged at the last look only.
 * @throws NotWritten when the execution was not judged, or no alarm decided
 */
export function viewOf({ judged }: Past): View {
  const [first, ...others] = judged;
  const last = judged.at(-1);
  if (first === undefined || last === undefined)
    throw new NotWritten('it ended before it was judged, so there is nothing to write');
  const { decidedBy } = last.verdict;
  const { trigger, ...request } = decidedBy ?? first.request;
  if (trigger?.type !== 'alarm')
    throw new NotWritten('no alarm of CloudWatch decided, and an incident is about one');
  const looks = decidedBy === undefined ? untilSure(first, others) : ([last] as const);
  return { request: { ...request, trigger }, looks };
}

/**
 * Returns the first look and the looks that followed while it was not sure. Looks after a question belong to another
 * incident.
 */
function untilSure(first: Judged, others: readonly Judged[]): View['looks'] {
  const sure = [first, ...others].findIndex(({ verdict }) => verdict.verdict !== 'look-again');
  return [first, ...others.slice(0, Math.max(sure, 0))];
}

/** Returns whether Lastgood had written nothing to the target by an instant. */
export function isUntouched({ touchedAt }: Past, at: Instant): boolean {
  return touchedAt === null || isAfter(touchedAt, at);
}
