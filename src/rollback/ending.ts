import type { Health } from './health.ts';
import { adviceAfter } from './advice.ts';
import { isSilence, personsAnswer } from './approval.ts';
import type { Reverted, Rollback, Slices } from './document.ts';
import { readCaughtError } from './caught-error.ts';
import type { Outcome } from './outcome.ts';
import type { Instant } from './request.ts';

type Ending = Pick<Outcome, 'state' | 'reason'>;

/**
 * How the rollback ended, told from its slices alone. Every document has an answer, because every path and every error
 * ends in Report: what cannot be shown to be in order is `failed-dirty`.
 */
export function outcomeOf(rollback: Partial<Rollback>, now: Instant): Outcome {
  const ending = mayHaveWritten(rollback) ? afterWriting(rollback) : beforeWriting(rollback);
  return { ...ending, at: now, advice: adviceAfter(ending.state, rollback) };
}

/** The outcome of an execution that ended without Report: `how` is what Step Functions says of it, such as ABORTED. */
export function outcomeOfUnreported(how: string, now: Instant): Outcome {
  return {
    state: 'failed-dirty',
    at: now,
    reason: `The execution ended as ${how} without a report, so nobody can say how far it came.`,
    advice: [
      'Look at what the target runs now, and whether anything is still rolling out or back.',
      'Read the history of the execution: the last state it entered says what may have been changed.',
    ],
  };
}

/** Stop is the first state that writes. It was entered if the verdict let it, or if anything behind it left a slice. */
function mayHaveWritten(rollback: Slices): boolean {
  const { stopped, reverted, settled, health } = rollback;
  return mayAct(rollback) || [stopped, reverted, settled, health].some((slice) => slice !== undefined);
}

/** After an approval, and after a silence that means go, plan and verdict are made anew: nothing acts on a question. */
function mayAct({ plan, verdict }: Slices): boolean {
  return plan?.state !== 'no-way-back' && verdict?.verdict === 'act';
}

function beforeWriting({ error, plan, verdict, approval, interrupted }: Slices): Ending {
  if (error !== undefined) return caughtBeforeWriting(readCaughtError(error), interrupted);
  if (plan?.state === 'nothing-to-do') return skipped(plan.reason);
  if (verdict?.verdict === 'skip') return skipped(verdict.reasons.join(' '));
  if (verdict?.verdict === 'observe') return skipped(`Only observed. ${verdict.reasons.join(' ')}`);
  if (plan?.state === 'no-way-back') return clean(plan.reason);
  if (verdict?.verdict === 'ask' && approval !== undefined) return notApproved(approval);
  return dirty('The workflow ended without a verdict and without an error, which it never should.');
}

function caughtBeforeWriting(
  { name, says }: ReturnType<typeof readCaughtError>,
  interrupted: Slices['interrupted'],
): Ending {
  if (name !== 'TargetClaimed') return clean(`${name}: ${says}`);
  const isHeard = interrupted !== undefined && 'state' in interrupted && interrupted.state === 'judged-again';
  const heard = isHeard ? '. Its question was ended, and it judges again with this trigger.' : '';
  return skipped(`Another rollback already holds the target: ${says}${heard}`);
}

function notApproved(approval: NonNullable<Slices['approval']>): Ending {
  const answer = personsAnswer(approval);
  if (answer !== null) return skipped(`${answer.by} decided not to go back.`);
  return isSilence(approval)
    ? skipped('Nobody answered in time, and silence did not mean go.')
    : dirty('The question was ended to judge again, and it was not judged again, which it never should.');
}

function afterWriting(rollback: Slices): Ending {
  const { error, reverted, settled, health } = rollback;
  if (error !== undefined) return caughtAfterWriting(readCaughtError(error));
  if (isProven(rollback)) return rolledBack(rollback, rollback.health.healthySince);
  if (reverted?.state === 'failed') return noRungLeft(rollback, reverted);
  if (settled?.state === 'overtaken')
    return dirty(`A newer deployment took over, ${settled.by}: ${settled.reason}`);
  if (settled?.state === 'failed') return dirty(`The way back did not work: ${settled.reason}`);
  if (health?.state === 'unproven')
    return dirty(`The way back was taken, and health was not proven: ${health.reason}`);
  return dirty('The workflow ended in the middle of the way back, which it never should.');
}

function caughtAfterWriting({ name, says }: ReturnType<typeof readCaughtError>): Ending {
  const why = `${name}: ${says}`;
  return name === 'ClaimLost'
    ? dirty(
        `Another execution took the target in the middle of this rollback, which then changed nothing more. ${why}`,
      )
    : dirty(`The rollback failed on its way, and what it had changed by then is not known for sure. ${why}`);
}

type Proven = Slices & { readonly health: Extract<Health, { state: 'proven' }> };

function isProven(rollback: Slices): rollback is Proven {
  const { reverted, settled, health } = rollback;
  const started = reverted !== undefined && reverted.state !== 'failed';
  return started && settled?.state === 'settled' && health?.state === 'proven';
}

/** Who reverted is told as it was: where AWS did by itself, that is no merit of ours. */
function rolledBack({ plan, settled }: Slices, healthySince: Instant): Ending {
  const to = plan !== undefined && 'to' in plan ? plan.to.name : 'the last known good revision';
  const from = plan !== undefined && 'from' in plan ? ` instead of ${plan.from.name}` : '';
  const own = settled?.state === 'settled' && settled.byItself ? ' AWS went back by itself.' : '';
  return { state: 'rolled-back', reason: `${to} runs again${from}, healthy since ${healthySince}.${own}` };
}

/**
 * No rung could be started. Clean only where nothing before had any effect: no rollout stopped, no rung ever settling, and
 * none that wrote before it was refused.
 */
function noRungLeft(
  { stopped, settled }: Slices,
  { reason, touched }: Extract<Reverted, { state: 'failed' }>,
): Ending {
  if (touched) return dirty(`The way back was begun and could not be finished: ${reason}`);
  const untouched =
    stopped !== undefined && (stopped.state === 'not-running' || stopped.state === 'left-to-revert');
  if (untouched && settled === undefined) return clean(`No way back could be started: ${reason}`);
  return dirty(`No way back is left, and the rollout was already interfered with: ${reason}`);
}

const skipped = (reason: string): Ending => ({ state: 'skipped', reason });
const clean = (reason: string): Ending => ({ state: 'failed-clean', reason });
const dirty = (reason: string): Ending => ({ state: 'failed-dirty', reason });
