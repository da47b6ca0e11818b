import { MAX_RECENT_DEPLOYMENTS, type Deployment, type Revision } from './plan.ts';
import type { Instant } from './request.ts';
import { after, isAfter, secondsBetween } from './time.ts';

/** A time during which a target kept one division of its traffic, where AWS keeps no history. */
export interface Stretch {
  /** When it was first observed. */
  readonly since: Instant;
  /** The sight before that, at which it was not there yet. Absent: unknown. */
  readonly notBefore?: Instant;
  /** Id of the deployment that ends with it. */
  readonly id: string;
  readonly revision: Revision;
  readonly content: string;
  /** The share of the traffic of each side, 0 to 1. A side has a new key when its content changes. */
  readonly shares: Readonly<Record<string, number>>;
  /** Whether one side has all traffic, which ends a rollout. */
  readonly isWhole: boolean;
  /** Whether AWS has finished its work, though a rollout may continue. */
  readonly isDone: boolean;
  /** Whether no alarm turned during a soak. */
  readonly isProven: boolean;
  /** As in `Deployment.sharesWith`. Absent: its revision is the whole division. */
  readonly sharesWith?: 'older' | 'unknown';
  /** AWS does not show all of what ran behind its sides. Absent: it does. */
  readonly isHidden?: true;
}

/** One deployment: the steps that move traffic in one direction. */
export interface Rollout {
  readonly deployment: Deployment;
  /** Keys of the sides that it gave more traffic. */
  readonly brings: readonly string[];
  /** The stretch that it ended with. */
  readonly last: Stretch;
}

/** A condemned content, and when it was condemned. */
export interface Condemnation {
  readonly content: string;
  readonly at: Instant;
}

export interface Observing {
  /**
   * The most seconds from a change to its first observation, where no sight before is recorded: the sweep looked each
   * minute before it kept its sights. Where the last sight was lost, the record has an earlier instant.
   */
  readonly unseenSeconds: number;
  readonly condemned: readonly Condemnation[];
}

/** Oldest first. */
interface Steps {
  readonly before: Stretch | null;
  readonly first: Stretch;
  readonly last: Stretch;
}

/**
 * Returns the last rollouts, newest first.
 * @param stretches newest first
 */
export function rolloutsIn(stretches: readonly Stretch[], looks: Observing): readonly Rollout[] {
  const all = inSteps(stretches.toReversed());
  return all
    .map((steps, index) => {
      const isBack = looks.condemned.some((one) => isBroughtBackFrom(one, all, index));
      const ranBefore = all.slice(0, index).some(({ last }) => last.content === steps.last.content);
      const mayBeNew = steps.last.isHidden === true && ranBefore && !isBack;
      return toRollout(steps, all[index + 1] ?? null, { isBack, mayBeNew }, looks);
    })
    .toReversed()
    .slice(0, MAX_RECENT_DEPLOYMENTS);
}

function inSteps(stretches: readonly Stretch[]): readonly Steps[] {
  const all: Steps[] = [];
  for (const stretch of stretches) {
    const current = all.at(-1);
    if (current !== undefined && goesOn(current, stretch))
      all[all.length - 1] = { ...current, last: stretch };
    else all.push({ before: current?.last ?? null, first: stretch, last: stretch });
  }
  return all;
}

/** Says whether a stretch continues a rollout. The direction of the first known stretch is unknown. */
function goesOn({ before, last }: Steps, next: Stretch): boolean {
  if (before === null || last.isWhole) return false;
  const direction = gains(before, last);
  return gains(last, next).every((side) => direction.includes(side));
}

function gains(before: Stretch, { shares }: Stretch): readonly string[] {
  const had = new Map(Object.entries(before.shares));
  return Object.entries(shares).flatMap(([side, share]) => (share > (had.get(side) ?? -1) ? side : []));
}

interface Returning {
  readonly isBack: boolean;
  readonly mayBeNew: boolean;
}

function toRollout(
  steps: Steps,
  next: Steps | null,
  { isBack, mayBeNew }: Returning,
  looks: Observing,
): Rollout {
  const { before, first, last } = steps;
  const { id, revision, content, sharesWith } = last;
  return {
    deployment: {
      id,
      ...stateOf(last, next),
      ...beginningOf(first, before, looks),
      revision,
      content,
      ...(mayBeNew && { mayBeNew }),
      isRollback: isBack,
      ...(last.isProven && { isProven: true }),
      ...(sharesWith !== undefined && { sharesWith }),
    },
    brings: before === null ? Object.keys(last.shares) : gains(before, last),
    last,
  };
}

/** The sweep runs each minute. It may begin this much later than that. */
const LATE_SECONDS = 30;

/**
 * Returns when a rollout began: shortly before it was first seen. Adds the sights if the one before was longer ago than
 * the usual minute, because it may have begun at any time between them.
 */
function beginningOf(
  { since, notBefore }: Stretch,
  before: Stretch | null,
  { unseenSeconds }: Observing,
): Pick<Deployment, 'startedAt' | 'seenAt' | 'sights'> {
  const usual = latestOf(after(since, -unseenSeconds), before?.since);
  if (notBefore === undefined || isAfter(notBefore, since)) return { startedAt: usual, seenAt: since };
  const earliest = latestOf(notBefore, before?.since);
  const startedAt = latestOf(usual, earliest);
  const isWide = secondsBetween(earliest, startedAt) > LATE_SECONDS;
  return { startedAt, seenAt: since, ...(isWide && { sights: { notBefore: earliest, seenAt: since } }) };
}

function latestOf(one: Instant, other: Instant | undefined): Instant {
  return other !== undefined && isAfter(other, one) ? other : one;
}

/** Returns the state of a rollout. It failed if another direction replaced it before its end. */
function stateOf({ isDone, since }: Stretch, next: Steps | null): Pick<Deployment, 'state' | 'finishedAt'> {
  if (isDone) return { state: 'completed', finishedAt: since };
  return next === null ? { state: 'in-flight' } : { state: 'failed', finishedAt: next.first.since };
}

/**
 * Says whether a rollout is a way back from a content that was condemned while it ran. Content that ran before may have
 * been there since the sight before. New content is a way back only from the one that it replaced: a rollback condemns
 * at its end, when a newer release may already run.
 */
function isBroughtBackFrom({ content, at }: Condemnation, all: readonly Steps[], index: number): boolean {
  const [steps, next] = [all[index], all[index + 1]];
  if (steps === undefined || content === steps.last.content) return false;
  const { before, last } = steps;
  const ranBefore = all.slice(0, index).some((one) => one.last.content === last.content);
  if (!ranBefore && before !== null && before.content !== content) return false;
  const ranSince = ranBefore ? (last.notBefore ?? last.since) : last.since;
  return isAfter(at, ranSince) && (next === undefined || !isAfter(at, next.first.since));
}
