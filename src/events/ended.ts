import { personsAnswer } from '../rollback/approval.ts';
import type { Rollback } from '../rollback/document.ts';
import { evidenceIn, type Evidence, type Source } from '../rollback/evidence.ts';
import { triageIn } from '../rollback/likely-cause.ts';
import type { Outcome, OutcomeState } from '../rollback/outcome.ts';
import type { Revision } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';
import type { Detail } from './details.ts';
import { leftOf, toJudged, utc } from './shapes.ts';
import type { OutgoingEvent } from './publish.ts';

/** A rollback that ended. Most fields may be unknown. */
export interface Ended {
  readonly target?: string | undefined;
  readonly execution: string;
  readonly outcome: Outcome;
  /** Reason of the request. */
  readonly requested?: string | undefined;
  readonly from?: Revision | undefined;
  readonly to?: Revision | undefined;
  readonly startedAt?: Instant | undefined;
  /** The way of the rehearsal. */
  readonly rehearsal?: 'back' | 'forward' | undefined;
  /** Link to the report page. Absent: the rollback has none. */
  readonly report?: string | undefined;
  /** Id of the storm of which the target is a member. */
  readonly storm?: string | undefined;
  /** Its course; absent if the document is lost. */
  readonly course?: Course | undefined;
}

/** The part of the end that describes the rollback's course. */
export type Course = Pick<
  Detail<'Rollback Failed'>,
  'saw' | 'verdict' | 'approval' | 'rung' | 'left' | 'signs' | 'evidence' | 'triage' | 'companions' | 'times'
>;

/**
 * Returns the event for the end of a rollback. The outcome decides its detail type. Leaves out what is unknown: a record
 * that keeps the event during an outage of the bus takes no undefined value.
 */
export function endedOf({ outcome, course, ...known }: Ended): OutgoingEvent {
  const { at: endedAt, reason, advice } = outcome;
  const common = {
    version: '1' as const,
    ...present(known),
    ...course,
    reason,
    advice: [...advice],
    endedAt,
  };
  const state: OutcomeState = outcome.state;
  switch (state) {
    case 'rolled-back':
      return { type: 'Rollback Succeeded', detail: { ...common, outcome: state } };
    case 'skipped':
      return { type: 'Rollback Skipped', detail: { ...common, outcome: state } };
    case 'failed-clean':
    case 'failed-dirty':
      return { type: 'Rollback Failed', detail: { ...common, outcome: state } };
  }
}

function present<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/**
 * Returns the course of a rollback. Returns undefined before the claim, because Claim is what validates the request.
 */
export function courseOf(rollback: Rollback): Course | undefined {
  if (rollback.claim === undefined) return undefined;
  const { request, verdict, approval, gathered, health } = rollback;
  const answer = personsAnswer(approval);
  return {
    ...(request.trigger?.type === 'lookout' && { saw: [...request.trigger.saw] }),
    ...(verdict && { verdict: toJudged(verdict) }),
    ...(answer !== null && { approval: answer }),
    ...wayOf(rollback),
    ...(health && { signs: health.signs.map(({ of, state, says }) => ({ of, state, says })) }),
    ...evidenceOf(evidenceIn(gathered)),
    ...triageOf(rollback),
    times: timesOf(rollback),
  };
}

function wayOf({ plan, reverted }: Rollback): Pick<Course, 'rung' | 'left'> {
  if (plan === undefined || !('rungs' in plan) || reverted === undefined) return {};
  const rung = plan.rungs[reverted.rung]?.name;
  return { ...(rung !== undefined && { rung }), left: leftOf(plan.rungs, reverted.left) };
}

function evidenceOf(evidence: Evidence | null): Pick<Course, 'evidence' | 'companions'> {
  if (evidence === null) return {};
  const { found, companions } = evidence;
  return {
    evidence: found.map(published),
    ...(companions !== undefined && { companions: [...companions] }),
  };
}

/** Counts the lines of logs instead: no list of shapes finds every secret, and a bus has readers that a record has not. */
function published({ source, lines, isLog }: Source): NonNullable<Course['evidence']>[number] {
  if (isLog !== true) return { source, lines: [...lines] };
  return { source, lines: [], ...(lines.length > 0 && { inReport: lines.length }) };
}

function triageOf(rollback: Rollback): Pick<Course, 'triage'> {
  const triage = triageIn(rollback);
  return triage === null ? {} : { triage: { ...triage, because: [...triage.because] } };
}

function timesOf({ request, plan, verdict, stopped, reverted, settled, health }: Rollback): Course['times'] {
  return {
    ...(request.trigger && { triggeredAt: utc(request.trigger.at) }),
    ...(plan && { plannedAt: plan.at }),
    ...(verdict && { judgedAt: verdict.at }),
    ...(stopped !== undefined && 'at' in stopped && { stoppedAt: stopped.at }),
    ...(reverted !== undefined && reverted.state !== 'failed' && { revertedAt: reverted.at }),
    ...(settled?.state === 'settled' && { settledAt: settled.at }),
    ...(health?.state === 'proven' && { healthySince: health.healthySince, provenAt: health.at }),
    ...(health && { lookedAt: health.at }),
  };
}
