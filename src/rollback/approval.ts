import type { Answer, Approval } from './document.ts';

/** Returns the answer of a person; null where no person answered. */
export function personsAnswer(approval: Approval | undefined): Answer | null {
  if (approval === undefined || 'Error' in approval || approval.answer === 'judge-again') return null;
  return approval;
}

/** Says whether the countdown ended without an answer. */
export function isSilence(approval: Approval | undefined): boolean {
  return approval !== undefined && 'Error' in approval && approval.Error === 'States.Timeout';
}
