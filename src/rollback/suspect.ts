import type { Onset } from './onset.ts';
import type { Deployment } from './plan.ts';
import { after, isAfter, secondsBetween } from './time.ts';

/** A fix that follows a release this soon is not blamed for the harm of the release. */
const FIX_WITHIN_SECONDS = 600;

/** The deployment that is held responsible for the harm, and the deployments after it. */
export interface Suspicion {
  readonly suspect: Deployment;
  /** Newest first: ways back and fixes. Lastgood never undoes them without approval. */
  readonly later: readonly Deployment[];
  /**
   * The other deployments that may have taken traffic at the onset, newest first: sights leave open when they began.
   * Empty: there is no other.
   */
  readonly others: readonly Deployment[];
}

/**
 * Returns the deployment whose revision took traffic at the onset; without an onset, the newest. Null: none had begun.
 * If sights leave it open between several, it is the newest that is no way back: what may have caused the harm is never
 * excluded. A way back in doubt has nothing to be gone back from.
 * @param recent newest first
 */
export function suspicionAmong(recent: readonly Deployment[], onset: Onset | null): Suspicion | null {
  const all = onset === null ? recent.slice(0, 1) : suspectsAmong(recent, onset);
  const suspect = all.find((one) => mayBringHarm(one, olderThan(one, recent))) ?? all.at(-1);
  if (suspect === undefined) return null;
  const later = recent.slice(0, recent.indexOf(suspect));
  return { suspect, later, others: all.filter((one) => one !== suspect) };
}

/** Says whether a deployment is no way back, or may be none: equal content may be new where AWS does not show all of it. */
function mayBringHarm(one: Deployment, older: readonly Deployment[]): boolean {
  return one.mayBeNew === true || !isReturn(one, older);
}

/** Returns the deployments that may have taken traffic at the onset, newest first. */
function suspectsAmong(recent: readonly Deployment[], onset: Onset): readonly Deployment[] {
  const found: Deployment[] = [];
  for (const one of recent) {
    const is = blamedAs(one, olderThan(one, recent), onset);
    if (is !== 'innocent') found.push(one);
    if (is === 'guilty') break;
  }
  return found;
}

function olderThan(one: Deployment, recent: readonly Deployment[]): readonly Deployment[] {
  return recent.slice(recent.indexOf(one) + 1);
}

/** Judges a deployment by every beginning that its own sights, and those of the one before, leave open. */
function blamedAs(
  one: Deployment,
  older: readonly Deployment[],
  onset: Onset,
): 'guilty' | 'innocent' | 'open' {
  const [before, ...rest] = older;
  const befores =
    before === undefined ? [[]] : readingsOf(before, onset).map((reading) => [reading, ...rest]);
  const guilty = readingsOf(one, onset).flatMap((reading) =>
    befores.map((all) => isAfter(onset.until, reading.startedAt) && !isInnocent(reading, all, onset)),
  );
  if (guilty.every(Boolean)) return 'guilty';
  return guilty.includes(true) ? 'open' : 'innocent';
}

/** The least time between two instants. */
const TICK_SECONDS = 0.001;

/**
 * Returns a deployment as if it had begun at each instant that matters: the earliest, the latest, and both ends of the
 * onset. Between them the answer of `isInnocent` does not change.
 */
function readingsOf(one: Deployment, { at, until }: Onset): readonly Deployment[] {
  const { startedAt, sights, ...rest } = one;
  if (sights === undefined) return [one];
  const ends = [after(at, TICK_SECONDS), after(until, -TICK_SECONDS)];
  const inside = ends.filter((end) => isAfter(end, sights.notBefore) && isAfter(startedAt, end));
  const earlier = [sights.notBefore, ...inside].map((began) => ({
    ...rest,
    startedAt: began,
    ...(rest.finishedAt === sights.seenAt && { finishedAt: began }),
  }));
  return [...earlier, { ...rest, startedAt }];
}

/**
 * Says whether the harm belongs to the deployment before. A way back or a hurried fix in flight leaves traffic on the
 * revision that it replaces. A deployment that AWS rolled back takes no traffic; one that failed and stayed midway
 * still does. What only looks like a way back is not innocent.
 */
function isInnocent(one: Deployment, older: readonly Deployment[], onset: Onset): boolean {
  const [before, ...rest] = older;
  if (before === undefined) return false;
  const isOver = isOverBy(one, onset);
  if (one.state === 'failed') return isOver && one.remains !== true;
  if (isOver || one.mayBeNew === true) return false;
  return isReturn(one, older) || isHurriedFix(one, before, rest, onset);
}

/**
 * Says whether a deployment brings back the revision before the one that it replaces. A revision that was replaced by a
 * way back before is no way back: it is the same release again. Nor is one that gets a share beside an older revision: it
 * is a canary. Neither way of a rehearsal is one, because the revision that it replaces did no harm.
 */
export function isReturn(
  { content, isRollback, isRehearsal, sharesWith }: Deployment,
  older: readonly Deployment[],
): boolean {
  if (isRehearsal) return false;
  if (isRollback) return true;
  if (sharesWith === 'older' || content === undefined || older[0]?.content === content) return false;
  const last = older.findIndex((other) => other.content === content);
  const successor = older[last - 1];
  return successor !== undefined && !isReturn(successor, older.slice(last));
}

/** Says whether a deployment repeats the revision that already ran, so that it brings nothing harmful. */
export function isRestart(one: Deployment, older: readonly Deployment[]): boolean {
  return one.content !== undefined && older[0]?.content === one.content && !isTurned(one, older);
}

/** Says whether a deployment only changes the share of the traffic that a revision gets. */
export function isTurned({ revision, sharesWith }: Deployment, [before]: readonly Deployment[]): boolean {
  return sharesWith !== undefined && before?.revision.id === revision.id;
}

/**
 * Says whether a deployment is a hurried fix. It began within the datapoint of the onset, so it cannot have caused all
 * of it, and shortly after another release. A way back that was over by then caused none of it. A release that is
 * proven, or was well when it ran alone, needs no hurried fix.
 */
function isHurriedFix(
  one: Deployment,
  before: Deployment,
  older: readonly Deployment[],
  onset: Onset,
): boolean {
  if (before.isProven === true || !isAfter(one.startedAt, onset.at) || wasWell(before, onset)) return false;
  if (isOverBy(before, onset) && isReturn(before, older)) return false;
  return secondsBetween(before.startedAt, one.startedAt) <= FIX_WITHIN_SECONDS;
}

/**
 * Says whether a deployment was over for half a datapoint or more before the onset. The datapoint before the onset did
 * not breach, though the revision took all traffic in it. Nothing is known of it where the onset is not a datapoint.
 */
function wasWell({ finishedAt }: Deployment, { at, until, estimated, unseenBefore }: Onset): boolean {
  if (finishedAt === undefined || estimated === true || unseenBefore !== undefined) return false;
  return secondsBetween(finishedAt, at) >= secondsBetween(at, until) / 2;
}

function isOverBy({ finishedAt }: Deployment, { at }: Onset): boolean {
  return finishedAt !== undefined && !isAfter(finishedAt, at);
}

/**
 * Says whether a content was deployed before the suspect began, and was not only replaced by a way back. A content that
 * first appeared after the suspect is no candidate. Unknown contents, and those older than the list, count as older.
 */
export function isOlderThan(content: string | undefined, suspect: Deployment, recent: readonly Deployment[]) {
  if (content === undefined) return true;
  const first = recent.findLast((one) => one.content === content);
  if (first === undefined) return true;
  return isAfter(suspect.startedAt, first.startedAt) && !wasGoneBackFrom(content, suspect, recent);
}

/**
 * Says whether a content first came after the content of the suspect, was never proven, and was replaced by the
 * suspect. To put it back would undo a way back. A suspect that may be new, or is a canary, is none.
 */
export function wasGoneBackFrom(
  content: string,
  suspect: Deployment,
  recent: readonly Deployment[],
): boolean {
  const ran = recent.filter((one) => one.content === content);
  const since = ran.at(-1);
  const own = recent.findLast((one) => suspect.content !== undefined && one.content === suspect.content);
  if (suspect.mayBeNew === true || suspect.sharesWith === 'older') return false;
  if (since === undefined || own === undefined) return false;
  if (ran.some(({ isProven }) => isProven === true)) return false;
  return isAfter(since.startedAt, own.startedAt) && isAfter(suspect.startedAt, since.startedAt);
}
