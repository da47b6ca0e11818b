import { isSilence, personsAnswer } from '../../src/rollback/approval.ts';
import { wordsOfPause } from '../../src/rollback/pause.ts';
import { confidenceIn, type Verdict } from '../../src/rollback/verdict.ts';
import { SOURCES } from '../../src/slack/messages/plan.ts';
import { said, type Document, type Said } from './said.ts';
import { evidenceSays } from './evidence.ts';
import { healthSays, revertSays, settleSays, stopSays } from './ways.ts';

type Says = (document: Document) => Said | null;

/** Texts of states that have ended. States that are not listed are silent. */
export const ENDED: Readonly<Record<string, Says>> = {
  // After an error there may be no request that can be read.
  Claim: ({ error, request }) =>
    error === undefined ? said(`holds ${request.target}: ${request.reason}`) : null,
  Plan: planSays,
  Judge: verdictSays,
  Listen: ({ listened }) =>
    listened !== undefined && 'unheard' in listened
      ? said(`${listened.unheard} triggers came since the question`)
      : null,
  Review: ({ reviewed }) => (reviewed !== undefined && 'says' in reviewed ? said(reviewed.says) : null),
  Approve: approvalSays,
  Stop: stopSays,
  Revert: revertSays,
  Gather: evidenceSays,
  Settle: settleSays,
  Verify: healthSays,
  Pause: pauseSays,
  Report: ({ outcome }) =>
    outcome === undefined
      ? null
      : said(outcome.state, {
          points: [outcome.reason],
          tone: outcome.state === 'rolled-back' ? 'good' : outcome.state === 'skipped' ? 'warn' : 'bad',
        }),
};

/** Texts of states when they are entered. */
export const ENTERED: Readonly<Record<string, Says>> = {
  // Claim was refused. The reason of the outcome names the other rollback.
  Interrupt: ({ request }) => said(`is refused: another rollback holds ${request.target}`, { tone: 'warn' }),
  Approve: ({ verdict }) =>
    said(
      verdict?.verdict === 'ask'
        ? `waits for a person, at most ${verdict.countdownSeconds} seconds; then ${SILENCE[verdict.onSilence]}`
        : 'waits for a person',
      { tone: 'warn' },
    ),
};

const SILENCE = { go: 'it goes back', stay: 'nothing is changed' } as const;

function pauseSays({ paused }: Document): Said | null {
  switch (paused?.state) {
    case undefined:
      return null;
    case 'waiting':
      return said(`waits: ${wordsOfPause(paused.order)}`, { isPoll: true, tone: 'warn' });
    case 'resumed':
      return said(`Lastgood was resumed, and the rollback goes on with ${paused.next ?? 'its report'}`);
    case 'over':
      return said(`waited too long: ${wordsOfPause(paused.order)}`, { tone: 'bad' });
  }
}

function planSays({ plan }: Document): Said | null {
  switch (plan?.state) {
    case undefined:
      return null;
    case 'nothing-to-do':
      return said(`nothing to do: ${plan.reason}`, { tone: 'warn' });
    case 'no-way-back':
      return said(`no way back: ${plan.reason}`, { tone: 'bad' });
    case 'ready':
    case 'join': {
      const ways = plan.rungs.map(({ does }) => does).join(', else ');
      const joins = plan.state === 'join' ? 'AWS is going back already, ' : '';
      return said(`${joins}from ${plan.from.name} to ${plan.to.name} (${SOURCES[plan.source]}): ${ways}`);
    }
  }
}

function verdictSays({ verdict }: Document): Said | null {
  if (verdict === undefined) return null;
  const confidence = confidenceIn('confidence' in verdict ? verdict : {});
  const sure = confidence === null ? '' : `, ${confidence}`;
  const again = verdict.verdict === 'look-again' ? ` in ${verdict.lookAgainInSeconds} seconds` : '';
  return said(`${verdict.verdict}${again}${sure}`, {
    points: verdict.reasons.map((reason) =>
      isOutweighed(reason, verdict) ? `Against it: ${reason}` : reason,
    ),
    tone: verdict.verdict === 'act' ? 'plain' : 'warn',
  });
}

/** Where Lastgood acts, a reason against that stands among those for it. */
function isOutweighed(reason: string, { verdict, against = [] }: Verdict): boolean {
  return verdict === 'act' && against.includes(reason);
}

function approvalSays({ approval }: Document): Said {
  const answer = personsAnswer(approval);
  if (answer !== null) return said(`${answer.answer} by ${answer.by}`);
  return said(
    isSilence(approval) ? 'the countdown ended without an answer' : 'another trigger came: it judges again',
  );
}
