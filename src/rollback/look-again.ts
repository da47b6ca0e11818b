import type { Approval } from './document.ts';
import { isSilence, personsAnswer } from './approval.ts';
import { readSettings } from './settings.ts';
import type { Plan } from './plan.ts';
import { MAX_SECOND_LOOKS, type Verdict } from './verdict.ts';

/** What Judge left in the document when it was called before. */
interface Before {
  readonly verdict?: Verdict;
  readonly approval?: Approval;
}

/** How many looks came before the one that is about to be taken. */
export function looksBefore({ verdict }: Before): number {
  return verdict === undefined ? 0 : (verdict.looks ?? 1);
}

/**
 * The same for the judge. After a person's approval, or a silence that means go, it counts as if all looks were taken:
 * what was decided waits no longer.
 */
export function looksForJudge(before: Before): number {
  const { verdict, approval } = before;
  const isDecided = personsAnswer(approval) !== null || (isSilence(approval) && isGo(verdict));
  return isDecided ? Math.max(looksBefore(before), MAX_SECOND_LOOKS) : looksBefore(before);
}

function isGo(verdict: Verdict | undefined): boolean {
  return verdict?.verdict === 'ask' && verdict.onSilence === 'go';
}

/** Whether the judge may still answer `look-again`. */
export function mayLookAgain(looks = 0): boolean {
  return looks < MAX_SECOND_LOOKS;
}

/** Ends the looking: where all looks are taken and the judge is still unsure, a person decides. */
export function bounded(verdict: Verdict, looks: number, plan: Plan): Verdict {
  if (verdict.verdict !== 'look-again' || mayLookAgain(looks)) return verdict;
  return askInstead(verdict, `After ${looks + 1} looks it is still not certain, so a person decides.`, plan);
}

/** Turns a verdict into a question that silence does not answer. */
export function askInstead(verdict: Verdict, because: string, { tags }: Plan): Verdict {
  const { at, reasons, against = [], culprit } = verdict;
  return {
    verdict: 'ask',
    at,
    reasons: [because, ...reasons],
    against: [because, ...against],
    countdownSeconds: readSettings(tags).countdownMinutes * 60,
    onSilence: 'stay',
    ...('confidence' in verdict && { confidence: verdict.confidence }),
    ...(culprit !== undefined && { culprit }),
  };
}
