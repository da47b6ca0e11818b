import type { Approval } from './document.ts';
import { isSilence, personsAnswer } from './approval.ts';
import { readSettings } from './settings.ts';
import type { Plan } from './plan.ts';
import { MAX_SECOND_LOOKS, type Verdict } from './verdict.ts';

/** The slices that earlier calls of Judge left in the document. */
interface Before {
  readonly verdict?: Verdict;
  readonly approval?: Approval;
}

/** Counts the looks before this one. */
export function looksBefore({ verdict }: Before): number {
  return verdict === undefined ? 0 : (verdict.looks ?? 1);
}

/**
 * Counts the looks for the judge. After an approval, or a silence that means go, it counts all of them as taken: a
 * decision must not wait for another look.
 */
export function looksForJudge(before: Before): number {
  const { verdict, approval } = before;
  const isDecided = personsAnswer(approval) !== null || (isSilence(approval) && isGo(verdict));
  return isDecided ? Math.max(looksBefore(before), MAX_SECOND_LOOKS) : looksBefore(before);
}

function isGo(verdict: Verdict | undefined): boolean {
  return verdict?.verdict === 'ask' && verdict.onSilence === 'go';
}

/** Says whether the judge may still answer `look-again`. */
export function mayLookAgain(looks = 0): boolean {
  return looks < MAX_SECOND_LOOKS;
}

/** Asks a person if the judge is still unsure after all looks. */
export function bounded(verdict: Verdict, looks: number, plan: Plan): Verdict {
  if (verdict.verdict !== 'look-again' || mayLookAgain(looks)) return verdict;
  return askInstead(
    verdict,
    `After ${looks + 1} looks the cause is still uncertain, so a person decides.`,
    plan,
  );
}

/** Turns a verdict into a question. Silence does not answer it. */
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
