import type { Answer, Approval } from './document.ts';

/** The answer of a person; null: no person answered. */
export function personsAnswer(approval: Approval | undefined): Answer | null {
  if (approval === undefined || 'Error' in approval || approval.answer === 'judge-again') return null;
  return approval;
}

/** The countdown ended without an answer. */
export function isSilence(approval: Approval | undefined): boolean {
  return approval !== undefined && 'Error' in approval && approval.Error === 'States.Timeout';
}
