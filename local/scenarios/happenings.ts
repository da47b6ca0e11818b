import type { EnteredState } from '@lastgood/embedded-aws/runtime/states/execution.ts';
import { phaseEnded, phaseEntered, textOf, type Phase } from '../../scripts/phases/phase.ts';
import type { Document } from '../../scripts/phases/said.ts';

/** The state that has ended when another one, which decides by its result, is entered. */
const ENDED_BEFORE: Readonly<Record<string, string>> = {
  Claimed: 'Claim',
  Judge: 'Plan',
  Verdict: 'Judge',
  Listened: 'Listen',
  Report: 'Review',
  Revert: 'Stop',
  Reverted: 'Revert',
  Settle: 'Gather',
  Paused: 'Pause',
  Settled: 'Settle',
  Healthy: 'Verify',
  Outcome: 'Report',
};

/**
 * Returns what the execution does in this state; null if it is silent, or its input is not the workflow's document.
 * @param before the state that was entered before it; absent: none was
 */
export function phaseOf({ name, input }: EnteredState, before?: string): Phase | null {
  if (!isDocument(input)) return null;
  const ended = Object.hasOwn(ENDED_BEFORE, name) ? ENDED_BEFORE[name] : undefined;
  if (ended === undefined) return phaseEntered(name, input);
  // The document keeps the answer of Stop, and each further way back begins with Revert as well.
  return ended === 'Stop' && before !== 'Stop' ? null : phaseEnded(ended, input);
}

/** Returns the phase in one line. */
export function lineOf(phase: Phase): string {
  return `${phase.name}: ${textOf(phase)}`;
}

/** Anyone may start an execution with any input. Claim refuses what is not a document, and so it has no line. */
function isDocument(input: unknown): input is Document {
  return (
    typeof input === 'object' &&
    input !== null &&
    'request' in input &&
    typeof input.request === 'object' &&
    input.request !== null
  );
}
