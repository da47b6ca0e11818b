import type { Onset } from './onset.ts';
import type { Deployment } from './plan.ts';
import { isAfter, secondsBetween } from './time.ts';

/** A fix that is deployed this soon after a release may not be blamed for what the release did. */
const FIX_WITHIN_SECONDS = 600;

/** The deployment that is held responsible for the harm, and what was deployed after it. */
export interface Suspicion {
  readonly suspect: Deployment;
  /** Newest first: ways back and fixes. They are never undone without a person. */
  readonly later: readonly Deployment[];
}

/**
 * Returns the deployment whose revision took traffic at the onset; without an onset, the newest. Null: none had begun.
 * @param recent newest first
 */
export function suspicionAmong(recent: readonly Deployment[], onset: Onset | null): Suspicion | null {
  const index = onset === null ? 0 : indexAt(recent, onset);
  const suspect = recent[index];
  return suspect === undefined ? null : { suspect, later: recent.slice(0, index) };
}

function indexAt(recent: readonly Deployment[], onset: Onset): number {
  const began = recent.findIndex(({ startedAt }) => isAfter(onset.until, startedAt));
  if (began < 0) return recent.length;
  const older = recent.slice(began);
  const skipped = older.findIndex((one, at) => !leavesItToTheOneBefore(one, older.slice(at + 1), onset));
  return began + Math.max(skipped, 0);
}

/**
 * While a way back or a hurried fix is rolled out, what it replaces still takes traffic. What AWS took back takes none; what
 * failed and was left where it was still does.
 */
function leavesItToTheOneBefore(one: Deployment, older: readonly Deployment[], onset: Onset): boolean {
  const [before, ...rest] = older;
  if (before === undefined) return false;
  const isOver = isOverBy(one, onset);
  if (one.state === 'failed') return isOver && one.remains !== true;
  if (isOver) return false;
  return isReturn(one, older) || isHurriedFix(one, before, rest, onset);
}

/**
 * Whether a deployment brings back what ran before the one that it replaces. What was gone back from before is no way
 * back: it is that release once more.
 */
export function isReturn({ content, isRollback }: Deployment, older: readonly Deployment[]): boolean {
  if (isRollback) return true;
  if (content === undefined || older[0]?.content === content) return false;
  const last = older.findIndex((other) => other.content === content);
  const successor = older[last - 1];
  return successor !== undefined && !isReturn(successor, older.slice(last));
}

/** Whether a deployment deploys again what ran already: it brings nothing that could hurt. */
export function isRestart({ content }: Deployment, older: readonly Deployment[]): boolean {
  return content !== undefined && older[0]?.content === content;
}

/**
 * It began within the onset's datapoint, so that it cannot have made all of it, and another release just before it did. A
 * way back that was over by then made none, and a release that stayed quiet through its soak needs no hurried fix.
 */
function isHurriedFix(
  one: Deployment,
  before: Deployment,
  older: readonly Deployment[],
  onset: Onset,
): boolean {
  if (before.isProven === true || !isAfter(one.startedAt, onset.at)) return false;
  if (isOverBy(before, onset) && isReturn(before, older)) return false;
  return secondsBetween(before.startedAt, one.startedAt) <= FIX_WITHIN_SECONDS;
}

function isOverBy({ finishedAt }: Deployment, { at }: Onset): boolean {
  return finishedAt !== undefined && !isAfter(finishedAt, at);
}

/**
 * Whether a content was deployed before the suspect began, and not only gone back from. Nothing is gone back to that first
 * appeared after the suspect. Unknown content, or content older than the list, speaks for neither.
 */
export function isOlderThan(content: string | undefined, suspect: Deployment, recent: readonly Deployment[]) {
  if (content === undefined) return true;
  const first = recent.findLast((one) => one.content === content);
  if (first === undefined) return true;
  return isAfter(suspect.startedAt, first.startedAt) && !wasGoneBackFrom(content, suspect, recent);
}

/**
 * Whether a content first came after the suspect's own, was never proven, and had to make way for the suspect: to put it
 * back would undo a way back.
 */
export function wasGoneBackFrom(
  content: string,
  suspect: Deployment,
  recent: readonly Deployment[],
): boolean {
  const ran = recent.filter((one) => one.content === content);
  const since = ran.at(-1);
  const own = recent.findLast((one) => suspect.content !== undefined && one.content === suspect.content);
  if (since === undefined || own === undefined || ran.some(({ isProven }) => isProven === true)) return false;
  return isAfter(since.startedAt, own.startedAt) && isAfter(suspect.startedAt, since.startedAt);
}
