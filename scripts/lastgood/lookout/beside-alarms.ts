import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import type { LookedAt } from '../../../src/ledger/lookouts.ts';
import { wentAsFarAs } from '../../../src/rollback/ending.ts';
import type { Instant, LookoutTrigger, Request } from '../../../src/rollback/request.ts';
import { after, isAfter, secondsBetween } from '../../../src/rollback/time.ts';

/**
 * A followed deployment beside the alarms.
 * - hit: the lookout accused it, and an alarm did too, or the lookout's own rollback ended as rolled back.
 * - false: the lookout accused it, and no alarm did within the window. It may only have been early.
 * - open: as `false`, but the window is not over, or the lookout's own rollback has not ended.
 * - miss: the lookout did not accuse it. A rollback of an alarm went back from it, or would have without the tag.
 * - quiet: neither accused it.
 */
export type Sort = 'hit' | 'false' | 'open' | 'miss' | 'quiet';

export interface Alarmed {
  /** Name of the alarm, or of the tool whose alert it was. */
  readonly of: string;
  readonly at: Instant;
}

export interface Beside {
  readonly looked: LookedAt;
  readonly sort: Sort;
  /** The first alarm that accused the deployment. Absent: none did. */
  readonly alarm?: Alarmed;
  /** Seconds from the accusation to the alarm; negative: the alarm came first. Absent: one of them is missing. */
  readonly leadSeconds?: number;
  /** ARN of the rollback that the lookout started. Absent: it started none. */
  readonly rollback?: string;
}

/** `lastgood:window` without the tag. */
const WINDOW_MINUTES = 60;

/** A rollback may be requested so long after its lookout has ended: Step Functions retries. */
const LATE_SECONDS = 900;

/** Sorts every followed deployment by what the alarms said of it. Keeps the order. */
export function besideAlarms(
  lookouts: readonly LookedAt[],
  records: readonly RollbackRecord[],
  now: Instant,
): readonly Beside[] {
  return lookouts
    .filter((looked) => !isTakenOver(looked, lookouts))
    .map((looked) => besideOf(looked, records, now));
}

function besideOf(looked: LookedAt, records: readonly RollbackRecord[], now: Instant): Beside {
  const { accusedAt } = looked;
  const isAccused = accusedAt !== undefined;
  const own = isAccused ? ownRollback(looked, records) : undefined;
  const alarm = firstAlarm(looked, records);
  return {
    looked,
    sort: isAccused ? sortOfAccused(looked, accusedAt, alarm, own, now) : alarm === null ? 'quiet' : 'miss',
    ...(alarm !== null && { alarm }),
    ...(alarm !== null && isAccused && { leadSeconds: Math.round(secondsBetween(accusedAt, alarm.at)) }),
    ...(own !== undefined && { rollback: own.execution }),
  };
}

function sortOfAccused(
  looked: LookedAt,
  accusedAt: Instant,
  alarm: Alarmed | null,
  own: RollbackRecord | undefined,
  now: Instant,
): Sort {
  if (alarm !== null || own?.outcome?.state === 'rolled-back') return 'hit';
  const isRunning = own !== undefined && own.outcome === undefined;
  return isRunning || isAfter(windowEnd(looked, accusedAt), now) ? 'open' : 'false';
}

/** Says whether a later lookout of the same revision took this one over. A canary has a deployment for each step. */
function isTakenOver({ revision, startedAt, endedAt, state }: LookedAt, all: readonly LookedAt[]): boolean {
  if (state === 'accused' || revision === undefined) return false;
  return all.some(
    (other) =>
      other.revision?.id === revision.id &&
      isAfter(other.startedAt, startedAt) &&
      !isAfter(other.startedAt, endedAt),
  );
}

function windowEnd({ windowMinutes = WINDOW_MINUTES }: LookedAt, from: Instant): Instant {
  return after(from, windowMinutes * 60);
}

/** Returns the rollback that the lookout started. A retry of Accuse may have started another one: the best counts. */
function ownRollback(looked: LookedAt, records: readonly RollbackRecord[]): RollbackRecord | undefined {
  const own = records.filter((record) => isStartedBy(looked, record));
  return (
    own.find(({ outcome }) => outcome?.state === 'rolled-back') ??
    own.find(({ outcome }) => outcome === undefined) ??
    own[0]
  );
}

function isStartedBy({ revision, startedAt, endedAt }: LookedAt, { request }: RollbackRecord): boolean {
  const trigger = accusationIn(request);
  if (trigger === null || revision === undefined || trigger.revision !== revision.id) return false;
  return !isAfter(startedAt, trigger.at) && !isAfter(trigger.at, after(endedAt, LATE_SECONDS));
}

/** Returns the lookout's accusation. A question at a pause accuses nothing. */
function accusationIn({ trigger }: Request): LookoutTrigger | null {
  return trigger?.type === 'lookout' && trigger.doubt !== true ? trigger : null;
}

/** Returns the first alarm that accused the deployment while it was followed, or within its window after that. */
function firstAlarm(looked: LookedAt, records: readonly RollbackRecord[]): Alarmed | null {
  const { revision, startedAt, endedAt, accusedAt } = looked;
  const until = windowEnd(looked, accusedAt ?? endedAt);
  const alarms = records
    .filter((record) => revision !== undefined && record.from === revision.id && accuses(record, accusedAt))
    .flatMap(({ request, alsoTriggeredBy }) => [request, ...alsoTriggeredBy].flatMap(alarmIn))
    .filter(({ at }) => !isAfter(startedAt, at) && !isAfter(at, until));
  return alarms.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))[0] ?? null;
}

/**
 * Says whether a rollback held the deployment to be the cause. A question without an answer confirms an accusation, but
 * it is too little to count as a miss.
 */
function accuses({ outcome }: RollbackRecord, accusedAt: Instant | undefined): boolean {
  if (outcome === undefined) return false;
  const far = wentAsFarAs(outcome);
  return far === 'acted' || far === 'observed' || (far === 'asked' && accusedAt !== undefined);
}

function alarmIn({ trigger }: Request): readonly Alarmed[] {
  if (trigger?.type === 'alarm') return [{ of: trigger.alarm, at: trigger.at }];
  if (trigger?.type === 'request' && trigger.automatic === true) return [{ of: trigger.by, at: trigger.at }];
  return [];
}

export interface Counts {
  readonly followed: number;
  readonly hits: number;
  readonly false: number;
  readonly open: number;
  readonly misses: number;
  readonly quiet: number;
  /** Median of the seconds from the accusation to the alarm, of the hits; null: no hit has an alarm. */
  readonly medianLeadSeconds: number | null;
}

export function countsOf(all: readonly Beside[]): Counts {
  const count = (sort: Sort) => all.filter((one) => one.sort === sort).length;
  const leads = all.flatMap(({ sort, leadSeconds }) => (sort === 'hit' ? (leadSeconds ?? []) : []));
  return {
    followed: all.length,
    hits: count('hit'),
    false: count('false'),
    open: count('open'),
    misses: count('miss'),
    quiet: count('quiet'),
    medianLeadSeconds: medianOf(leads),
  };
}

function medianOf(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null;
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return Math.round(middle.reduce((sum, one) => sum + one, 0) / middle.length);
}
