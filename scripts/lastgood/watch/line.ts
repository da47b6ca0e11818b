import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { isSilence, personsAnswer } from '../../../src/rollback/approval.ts';
import type { Rollback } from '../../../src/rollback/document.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { confidenceIn } from '../../../src/rollback/verdict.ts';

/** One step of a rollback, in words. */
export interface Line {
  readonly at: Instant;
  readonly state: string;
  readonly says: string;
}

type Says = (rollback: Rollback) => string | null;

/** Texts of states that have ended. States that are not listed are silent. */
const ENDED: Readonly<Record<string, Says>> = {
  Claim: ({ request }) => `holds ${request.target}: ${request.reason}`,
  Plan: planSays,
  Judge: verdictSays,
  Approve: approvalSays,
  Stop: stopSays,
  Revert: revertSays,
  Settle: settleSays,
  Verify: healthSays,
  Report: ({ outcome }) => (outcome === undefined ? null : `${outcome.state}: ${outcome.reason}`),
};

/** Texts of states when they are entered. */
const ENTERED: Readonly<Record<string, Says>> = {
  Approve: ({ verdict }) =>
    verdict?.verdict === 'ask'
      ? `waits for a person, at most ${verdict.countdownSeconds} seconds; then ${SILENCE[verdict.onSilence]}`
      : 'waits for a person',
};

const SILENCE = { go: 'it goes back', stay: 'nothing is changed' } as const;

/** Returns the step that an event of the history shows, or null. */
export function lineIn(event: HistoryEvent): Line | null {
  const { stateEnteredEventDetails: entered, stateExitedEventDetails: exited, timestamp } = event;
  const state = entered?.name ?? exited?.name ?? '';
  const says = entered === undefined ? ENDED : ENTERED;
  const document = entered?.input ?? exited?.output;
  const found = Object.hasOwn(says, state) ? says[state] : undefined;
  if (found === undefined || document === undefined) return null;
  const text = found(JSON.parse(document) as Rollback);
  return text === null ? null : { at: timestamp?.toISOString() ?? '', state, says: text };
}

function planSays({ plan }: Rollback): string | null {
  switch (plan?.state) {
    case undefined:
      return null;
    case 'nothing-to-do':
      return `nothing to do: ${plan.reason}`;
    case 'no-way-back':
      return `no way back: ${plan.reason}`;
    case 'ready':
    case 'join':
      return `from ${plan.from.name} to ${plan.to.name}: ${plan.rungs.map(({ does }) => does).join(', else ')}`;
  }
}

function verdictSays({ verdict }: Rollback): string | null {
  if (verdict === undefined) return null;
  const confidence = confidenceIn('confidence' in verdict ? verdict : {});
  const sure = confidence === null ? '' : `, ${confidence}`;
  return `${verdict.verdict}${sure}: ${verdict.reasons.join(' ')}`;
}

function approvalSays({ approval }: Rollback): string | null {
  const answer = personsAnswer(approval);
  if (answer !== null) return `${answer.answer} by ${answer.by}`;
  return isSilence(approval)
    ? 'the countdown ended without an answer'
    : 'another trigger came: it judges again';
}

function stopSays({ stopped }: Rollback): string | null {
  switch (stopped?.state) {
    case undefined:
      return null;
    case 'stopped':
      return `stopped ${stopped.deployment}`;
    case 'reverting':
      return `stopped ${stopped.deployment}, which brings the old revision back`;
    case 'not-running':
      return 'nothing is in flight';
    case 'left-to-revert':
      return `left ${stopped.deployment} to the revert: ${stopped.reason}`;
  }
}

function revertSays({ plan, reverted }: Rollback): string | null {
  if (reverted === undefined) return null;
  if (reverted.state === 'failed') return `could not start: ${reverted.reason}`;
  const rung = plan !== undefined && 'rungs' in plan ? plan.rungs[reverted.rung] : undefined;
  return `${reverted.state} ${reverted.deployment}${rung === undefined ? '' : `: ${rung.does}`}`;
}

function settleSays({ settled }: Rollback): string | null {
  switch (settled?.state) {
    case undefined:
      return null;
    case 'settled':
    case 'pending':
    case 'due':
      return `${settled.state}: ${settled.summary}`;
    case 'failed':
    case 'overtaken':
      return `${settled.state}: ${settled.reason}`;
  }
}

/** Names only the signs that are not healthy. */
function healthSays({ health }: Rollback): string | null {
  if (health === undefined) return null;
  const open = health.signs.filter(({ state }) => state === 'unhealthy' || state === 'unknown');
  const signs = open.map(({ of, state, says }) => `${of} is ${state} (${says})`).join('; ');
  return `${health.state}: ${signs === '' ? 'all signs are healthy' : signs}`;
}
