import { isSilence, personsAnswer } from '../rollback/approval.ts';
import type { Gathered, Looked, Rollback } from '../rollback/document.ts';
import { rehearsalOf } from '../rollback/request.ts';
import { memberOf } from '../rollback/storm/arrivals.ts';
import {
  hinderedOf,
  pausedOf,
  plannedOf,
  revertedOf,
  startedOf,
  stoppedOf,
  waitingOf,
  type StoryEvent,
} from './steps.ts';

/**
 * Returns the steps in the document, in order: Started, Planned, Stopped, Reverted, Hindered and Waiting for the
 * current rung, Paused for the current pause. Approve and Report publish the question and the end. Empty before the
 * claim, because Claim is what validates the request.
 */
export function stepsOf(rollback: Rollback): readonly StoryEvent[] {
  const { request, claim } = rollback;
  if (claim === undefined) return [];
  const storm = memberOf(claim);
  const rehearsal = rehearsalOf(request);
  const of = {
    version: '1' as const,
    target: request.target,
    execution: claim.holder,
    ...(storm !== null && { storm }),
    ...(rehearsal !== null && { rehearsal: rehearsal.way }),
  };
  return [
    startedOf(of, rollback, claim.since),
    plannedOf(of, rollback),
    stoppedOf(of, rollback),
    revertedOf(of, rollback),
    hinderedOf(of, rollback),
    waitingOf(of, rollback),
    pausedOf(of, rollback),
  ].filter((step) => step !== null);
}

/** Returns the steps that were not published yet, according to the document. */
export function unpublishedOf(rollback: Rollback): readonly StoryEvent[] {
  const published = publishedIn(rollback);
  return stepsOf(rollback).filter(({ key }) => !published.includes(key));
}

/** Returns the keys of the steps that were published. */
export function publishedIn(rollback: Rollback): readonly string[] {
  const { announced, gathered, awaited, paused, looked, approval, verdict, error } = rollback;
  const beside = keysIn(announced) ?? keysIn(gathered) ?? keysIn(awaited);
  const whilePaused = paused?.published ?? [];
  if (beside !== null || whilePaused.length > 0) return [...new Set([...(beside ?? []), ...whilePaused])];
  // Approve published the first two with its question, or failed. It goes on without only where silence means go.
  const asked = verdict?.verdict === 'ask' && verdict.onSilence === 'stay' && error === undefined;
  if (personsAnswer(approval) !== null || (isSilence(approval) && asked)) return ['Started', 'Planned'];
  // A plan that was published with an earlier look is published again with the verdict that followed.
  return (keysIn(looked) ?? []).filter((key) => key !== 'Planned');
}

/** Null: nothing was published there, or that failed. */
function keysIn(beside: Gathered | Looked | undefined): readonly string[] | null {
  const published = beside !== undefined && 'published' in beside ? beside.published : undefined;
  return published === undefined || 'Error' in published ? null : published;
}
