import { isSilence, personsAnswer } from '../rollback/approval.ts';
import type { Rollback } from '../rollback/document.ts';
import { plannedOf, revertedOf, startedOf, stoppedOf, type Step } from './steps.ts';

/**
 * The steps that the document knows of, in their order: Started, Planned, Stopped, Reverted on the rung it is on. The
 * question and the end are told by Approve and Report themselves. Empty before the target is claimed: until then nobody
 * has checked what the request says.
 */
export function stepsOf(rollback: Rollback): readonly Step[] {
  const { request, claim } = rollback;
  if (claim === undefined) return [];
  const of = { version: '1' as const, target: request.target, execution: claim.holder };
  return [
    startedOf(of, rollback, claim.since),
    plannedOf(of, rollback),
    stoppedOf(of, rollback),
    revertedOf(of, rollback),
  ].filter((step) => step !== null);
}

/** The steps that nobody has told of yet, as far as the document knows. */
export function untoldOf(rollback: Rollback): readonly Step[] {
  const told = toldIn(rollback);
  return stepsOf(rollback).filter(({ key }) => !told.includes(key));
}

/** Keys of the steps that were told. */
export function toldIn({ gathered, looked, approval, verdict, error }: Rollback): readonly string[] {
  if (Array.isArray(gathered?.told)) return gathered.told as readonly string[];
  // Approve told the first two with its question, or else failed; only where silence means go does it go on untold.
  const asked = verdict?.verdict === 'ask' && verdict.onSilence === 'stay' && error === undefined;
  if (personsAnswer(approval) !== null || (isSilence(approval) && asked)) return ['Started', 'Planned'];
  // A plan that was published with an earlier look is published again with the verdict that followed.
  const told = Array.isArray(looked?.told) ? (looked.told as readonly string[]) : [];
  return told.filter((key) => key !== 'Planned');
}
