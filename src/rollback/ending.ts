import { hasNotHelped, type Health } from './health.ts';
import { adviceAfter } from './advice.ts';
import { isSilence, personsAnswer } from './approval.ts';
import { nameAtFault } from './at-fault.ts';
import type { Reverted, Rollback, Settled, Slices } from './document.ts';
import { readCaughtError } from './caught-error.ts';
import { isLeftBack, saysWhereLeft } from './left-back.ts';
import { likelyCauseOf } from './likely-cause.ts';
import type { Outcome } from './outcome.ts';
import type { NoWayBack } from './plan.ts';
import { MAX_PAUSED_SECONDS, wordsOfPause, type HeldBack } from './pause.ts';
import { whereLeft } from './rehearsal-advice.ts';
import { rehearsalOf, type Instant } from './request.ts';

type Ending = Pick<Outcome, 'state' | 'reason'>;

const ONLY_OBSERVED = 'Only observed.';
const UNANSWERED = 'No answer came in time, and silence means stay.';

/** Says how far a rollback went, by its outcome: it acted, would have by the tag, asked in vain, or found no reason. */
export function wentAsFarAs({ state, reason }: Ending): 'acted' | 'observed' | 'asked' | 'nothing' {
  if (state !== 'skipped') return 'acted';
  if (reason.startsWith(ONLY_OBSERVED)) return 'observed';
  return reason.startsWith(UNANSWERED) ? 'asked' : 'nothing';
}

/**
 * Returns how the rollback ended, from its slices. Every document has an outcome, because every path and every error
 * ends in Report. An outcome that cannot be shown to be in order is `failed-dirty`.
 * @param hasWritten whether a call to AWS may have written. An error leaves no slice that could say so
 */
export function outcomeOf(rollback: Partial<Rollback>, now: Instant, hasWritten = true): Outcome {
  const found = endingOf(rollback, hasWritten);
  const isLeft = isLeftBack(found.state, rollback);
  const ending = ofRehearsal(isLeft ? leftBack(found, rollback) : found, rollback);
  const cause = likelyCauseOf(rollback);
  return {
    ...ending,
    at: now,
    advice: isLeft ? whereLeft(rollback) : adviceAfter(ending.state, rollback),
    ...(cause !== null && { cause }),
  };
}

function endingOf(rollback: Partial<Rollback>, hasWritten: boolean): Ending {
  const { paused, error } = rollback;
  if (paused?.state === 'over' && error === undefined) return outlasted(paused);
  return mayHaveWritten(rollback) ? afterWriting(rollback, hasWritten) : beforeWriting(rollback);
}

function outlasted({ order, wrote }: HeldBack): Ending {
  const waited = `This rollback waited ${MAX_PAUSED_SECONDS / 3600} hours. ${wordsOfPause(order)}`;
  return wrote
    ? dirty(`The rollback stopped midway, and what it had begun stays as it is. ${waited}`)
    : clean(`Lastgood changed nothing. ${waited}`);
}

/**
 * Returns the outcome of an execution that ended without Report. `how` is its status in Step Functions, such as
 * ABORTED.
 */
export function outcomeOfUnreported(how: string, now: Instant): Outcome {
  return {
    state: 'failed-dirty',
    at: now,
    reason: `The execution ended as ${how} without a report. How far it came is unknown.`,
    advice: [
      'Check what the target runs now, and whether a rollout or a way back is still in flight.',
      'Read the history of the execution. The last state that it entered shows what it may have changed.',
    ],
  };
}

/** A person must look where the target stays on another revision than the one that its owners deployed. */
function leftBack({ reason }: Ending, rollback: Slices): Ending {
  return dirty(`${saysWhereLeft(rollback)}${reason}`);
}

/** Says which way of a rehearsal ended. */
function ofRehearsal({ state, reason }: Ending, { request }: Partial<Rollback>): Ending {
  const way = rehearsalOf(request)?.way;
  return way === undefined ? { state, reason } : { state, reason: `Rehearsal, the way ${way}: ${reason}` };
}

/**
 * Says whether Stop was entered, the first state that writes: the verdict allowed it, or a later state left a slice.
 */
function mayHaveWritten(rollback: Slices): boolean {
  const { stopped, reverted, settled, health } = rollback;
  return mayAct(rollback) || [stopped, reverted, settled, health].some((slice) => slice !== undefined);
}

/**
 * Says whether the verdict allows writing. After an approval, and after a silence that means go, Lastgood makes plan
 * and verdict anew. It never acts on a question.
 */
function mayAct({ plan, verdict }: Slices): boolean {
  return plan?.state !== 'no-way-back' && verdict?.verdict === 'act';
}

function beforeWriting(rollback: Partial<Rollback>): Ending {
  const { request, error, plan, verdict, approval, interrupted, reviewed } = rollback;
  if (error !== undefined) return caughtBeforeWriting(readCaughtError(error), interrupted);
  if (reviewed !== undefined) return unanswered(reviewed);
  if (plan?.state === 'nothing-to-do') return skipped(plan.reason);
  if (verdict?.verdict === 'skip') return skipped(verdict.reasons.join(' '));
  if (verdict?.verdict === 'observe') return skipped(`${ONLY_OBSERVED} ${verdict.reasons.join(' ')}`);
  if (plan?.state === 'no-way-back') return withoutWay(plan);
  if (verdict?.verdict === 'ask' && approval !== undefined) return notApproved(approval, request);
  return dirty('The workflow ended without a verdict and without an error. This is a fault of Lastgood.');
}

/** Where a newer deployment may have been the fix, Lastgood looked for the end of the harm in vain. */
function withoutWay({ reason, suspect }: NoWayBack): Ending {
  return clean(suspect === undefined ? reason : `No end of the harm was seen: ${reason}`);
}

function caughtBeforeWriting(
  { name, says }: ReturnType<typeof readCaughtError>,
  interrupted: Slices['interrupted'],
): Ending {
  if (name !== 'TargetClaimed') return clean(`${name}: ${says}`);
  const isHeard = interrupted !== undefined && 'state' in interrupted && interrupted.state === 'judged-again';
  const heard = isHeard ? '. It ended its question, and judges again with this trigger.' : '';
  return skipped(`Another rollback already holds the target: ${says}${heard}`);
}

function notApproved(
  approval: NonNullable<Slices['approval']>,
  request: Rollback['request'] | undefined,
): Ending {
  const answer = personsAnswer(approval);
  if (answer !== null)
    return skipped(`${answer.by} decided not to go ${rehearsalOf(request)?.way ?? 'back'}.`);
  return isSilence(approval)
    ? unanswered()
    : dirty('The question ended to judge again, but no verdict followed. This is a fault of Lastgood.');
}

/** Says how things were when the countdown had ended. The plan in the document is newer than the question then. */
function unanswered(reviewed?: Slices['reviewed']): Ending {
  return skipped(
    reviewed !== undefined && 'says' in reviewed ? `${UNANSWERED} ${reviewed.says}`.trim() : UNANSWERED,
  );
}

function afterWriting(rollback: Slices, hasWritten: boolean): Ending {
  const { error, reverted, settled, health } = rollback;
  if (error !== undefined)
    return hasWritten || !isUntouched(rollback) || error.Error === 'ClaimLost'
      ? caughtAfterWriting(readCaughtError(error), rollback)
      : caughtUntouched(readCaughtError(error));
  if (isProven(rollback)) return rolledBack(rollback);
  if (reverted?.state === 'failed') return noRungLeft(rollback, reverted);
  if (settled?.state === 'overtaken')
    return dirty(`A newer deployment took over, ${settled.by}: ${settled.reason}`);
  if (settled?.state === 'failed' && isRefused(rollback))
    return clean(`The way back was refused, and nothing was changed: ${settled.reason}`);
  if (settled?.state === 'failed' && settled.isGone === true)
    return dirty(`The target was deleted during its way back: ${settled.reason}`);
  if (settled?.state === 'failed') return dirty(`The way back failed: ${settled.reason}`);
  if (health?.state === 'unproven')
    return dirty(
      `The target went back, but its health was not proven: ${health.reason}${notCondemned(rollback)}`,
    );
  return dirty('The workflow ended in the middle of the way back. This is a fault of Lastgood.');
}

/** Says that the revision is not condemned, where going back has not helped. */
function notCondemned(rollback: Slices): string {
  return hasNotHelped(rollback.health) ? ` ${nameAtFault(rollback)} is not condemned.` : '';
}

/** Says whether the only rung changed nothing, as the system that was to go back says, and neither did Stop. */
function isRefused({ plan, stopped, reverted, settled }: Slices): boolean {
  const isFirst = reverted !== undefined && reverted.left.length === 0;
  return (
    settled?.state === 'failed' && settled.untouched === true && isFirst && hasStoppedNothing(plan, stopped)
  );
}

/** Says whether, by its slices, Lastgood has stopped, started and joined nothing. */
function isUntouched({ stopped, reverted, settled }: Slices): boolean {
  const isStopped = stopped?.state === 'stopped' || stopped?.state === 'reverting';
  const isReverted = reverted !== undefined && (reverted.state !== 'failed' || reverted.touched === true);
  return !isStopped && !isReverted && settled === undefined;
}

function caughtUntouched({ name, says }: ReturnType<typeof readCaughtError>): Ending {
  return clean(`Lastgood could not begin to go back, and changed nothing. ${name}: ${says}`);
}

function caughtAfterWriting({ name, says }: ReturnType<typeof readCaughtError>, rollback: Slices): Ending {
  const why = `${name}: ${says}`;
  return name === 'ClaimLost'
    ? dirty(`Another execution claimed the target during this rollback, which then stopped writing. ${why}`)
    : dirty(`${howFar(rollback)} ${why}`);
}

/** Says what is certain where an error ended a rollback that had written. */
function howFar({ plan, reverted, settled }: Slices): string {
  const to = plan !== undefined && 'to' in plan ? ` to ${plan.to.name}` : '';
  if (settled?.state === 'settled')
    return `The way back${to} had settled (${settled.summary}). Then an error ended its polls, so its health is not proven.`;
  return reverted === undefined || reverted.state === 'failed' || settled?.state === 'failed'
    ? 'The rollback failed midway, and what it had changed by then is uncertain.'
    : `The way back${to} was started. Then an error ended its polls, so whether it arrived is not known.`;
}

type Arrived = Extract<Settled, { state: 'settled' }>;
type Proven = Slices & {
  readonly health: Extract<Health, { state: 'proven' }>;
  readonly settled: Arrived;
};

function isProven(rollback: Slices): rollback is Proven {
  const { reverted, settled, health } = rollback;
  const started = reverted !== undefined && reverted.state !== 'failed';
  return started && settled?.state === 'settled' && health?.state === 'proven';
}

/** Says who went back. Lastgood must not take credit for a native rollback. */
function rolledBack({ plan, settled, health: { healthySince } }: Proven): Ending {
  const to = plan !== undefined && 'to' in plan ? plan.to.name : 'the last known good revision';
  const from = plan !== undefined && 'from' in plan ? ` instead of ${plan.from.name}` : '';
  return {
    state: 'rolled-back',
    reason: `${to} runs again${from}, healthy since ${healthySince}.${byWhom(settled)}`,
  };
}

function byWhom({ byItself, byAnother }: Arrived): string {
  if (byItself) return ' AWS went back natively.';
  return byAnother
    ? ' Its last step was found done, and Lastgood has no record of it: a person or a pipeline may have made it.'
    : '';
}

/**
 * Ends a rollback whose rungs could not start. It is clean only if Lastgood changed nothing: it stopped no rollout, no
 * rung settled, and no rung wrote before it was refused.
 */
function noRungLeft(
  { plan, stopped, settled }: Slices,
  { reason, touched }: Extract<Reverted, { state: 'failed' }>,
): Ending {
  if (touched) return dirty(`The way back was begun and could not be finished: ${reason}`);
  if (hasStoppedNothing(plan, stopped) && settled === undefined)
    return clean(`No way back could be started: ${reason}`);
  return dirty(`No way back is left, and Lastgood had already changed the rollout: ${reason}`);
}

/** Says whether Stop changed nothing. The workflow passes over Stop where nothing was in flight. */
function hasStoppedNothing(plan: Slices['plan'], stopped: Slices['stopped']): boolean {
  if (stopped === undefined) return plan !== undefined && 'inFlight' in plan && !plan.inFlight;
  return stopped.state === 'not-running' || stopped.state === 'left-to-revert';
}

const skipped = (reason: string): Ending => ({ state: 'skipped', reason });
const clean = (reason: string): Ending => ({ state: 'failed-clean', reason });
const dirty = (reason: string): Ending => ({ state: 'failed-dirty', reason });
