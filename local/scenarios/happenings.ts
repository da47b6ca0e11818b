import type { Rollback } from '../../src/rollback/document.ts';
import type { Health } from '../../src/rollback/health.ts';
import type { Plan } from '../../src/rollback/plan.ts';
import { confidenceIn, type Verdict } from '../../src/rollback/verdict.ts';
import type { EnteredState } from '@lastgood/embedded-aws/runtime/states/execution.ts';

/** Texts about the result of a state. Each is shown when the state that decides by it is entered. */
const LINES: Readonly<Record<string, (rollback: Rollback) => string | undefined>> = {
  Claim: ({ request }) => `Claim: ${request.target}, because ${request.reason}`,
  Judge: ({ plan }) => plan && `Plan: ${planSays(plan)}`,
  Verdict: ({ verdict }) => verdict && verdictSays(verdict),
  LookAgain: ({ verdict }) =>
    verdict?.verdict === 'look-again' ? `Look again: in ${verdict.lookAgainInSeconds} seconds` : undefined,
  Listened: ({ listened }) =>
    listened !== undefined && 'unheard' in listened
      ? `Listen: ${listened.unheard} triggers came since the question`
      : undefined,
  Approve: ({ verdict }) =>
    verdict?.verdict === 'ask'
      ? `Approve: a person has ${verdict.countdownSeconds / 60} minutes; silence means ${verdict.onSilence}`
      : undefined,
  Revert: ({ stopped }) => stopped && `Stop: ${stopped.state}`,
  Reverted: (rollback) => `Revert: ${revertSays(rollback)}`,
  Settled: ({ settled }) =>
    settled &&
    `Settle: ${settled.state}${'summary' in settled ? `, ${settled.summary}` : `, ${settled.reason}`}`,
  Healthy: ({ health }) => health && `Verify: ${health.state}, ${healthSays(health)}`,
  Outcome: ({ outcome }) => outcome && `Report: ${outcome.state}`,
};

/** Returns one line for a person, or null if the state has none, or its input is not the workflow's document. */
export function happeningOf({ name, input }: EnteredState): string | null {
  return isDocument(input) ? (LINES[name]?.(input) ?? null) : null;
}

/** Anyone may start an execution with any input. Claim refuses what is not a document, and so it has no line. */
function isDocument(input: unknown): input is Rollback {
  return (
    typeof input === 'object' &&
    input !== null &&
    'request' in input &&
    typeof input.request === 'object' &&
    input.request !== null
  );
}

function verdictSays(verdict: Verdict): string {
  const confidence = confidenceIn('confidence' in verdict ? verdict : {});
  const weight = confidence === null ? '' : ` (${confidence})`;
  return `Judge: ${verdict.verdict.replaceAll('-', ' ')}${weight}. ${verdict.reasons.join(' ')}`;
}

function planSays(plan: Plan): string {
  if (!('rungs' in plan)) return `${plan.state}, ${plan.reason}`;
  const rungs = plan.rungs.map((rung) => rung.name).join(', then ');
  return `${plan.state}, from ${plan.from.name} back to ${plan.to.name} (known from the ${plan.source}) by ${rungs}`;
}

function revertSays({ plan, reverted }: Rollback): string {
  if (reverted === undefined) return 'nothing';
  const rung = plan !== undefined && 'rungs' in plan ? (plan.rungs[reverted.rung]?.name ?? '') : '';
  return reverted.state === 'failed' ? `${rung} failed, ${reverted.reason}` : `${reverted.state} ${rung}`;
}

function healthSays(health: Health): string {
  const open = health.signs.filter(({ state }) => state !== 'healthy' && state !== 'neutral');
  if (open.length > 0) return open.map(({ of, says }) => `${of} ${says}`).join('; ');
  const since = 'healthySince' in health ? ` since ${health.healthySince.slice(11, 19)}` : '';
  const healthy = health.signs.filter(({ state }) => state === 'healthy');
  return `${healthy.length} signs healthy${since}`;
}
