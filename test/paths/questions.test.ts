import { describe, expect, it } from 'vitest';
import { ask } from '../../functions/guard/ask.ts';
import { listen } from '../../functions/guard/listen.ts';
import { interrupt } from '../../functions/interrupt/interrupt.ts';
import { steps, type StepCall } from '../../src/lambda/steps.ts';
import type { AskedAbout, Claims, RollbackRecord } from '../../src/ledger/claims.ts';
import type { Approval, Judgeable, Requested } from '../../src/rollback/document.ts';
import { HeardMore } from '../../src/rollback/errors.ts';
import { conclude } from '../../src/rollback/hearing.ts';
import { leadOf, MAX_INTERRUPTIONS } from '../../src/rollback/heard.ts';
import type { Heard, Request } from '../../src/rollback/request.ts';
import type { Verdict } from '../../src/rollback/verdict.ts';
import { EXECUTION, START } from './machine.ts';
import { act, play, ready, REQUEST, type Script } from './stage.ts';
import { gathering, path, pending, proving, rolledBack, skipped, reviewed, unanswered } from './stretches.ts';

const JUDGED = 'Plan Judge Verdict';
const WAY = ['Stop Revert Reverted', gathering, pending, proving, rolledBack];
const stay: Verdict = { verdict: 'ask', at: START, reasons: ['?'], countdownSeconds: 600, onSilence: 'stay' };

/** A trigger that comes while the question waits. */
interface Coming {
  readonly afterSeconds: number;
  readonly alarm: string;
  /** The Lambda that should interrupt the question fails. */
  readonly isNotPassedOn?: true;
}

const alarmed = ({ alarm, afterSeconds }: Coming): Heard => {
  const at = new Date(Date.parse(START) + afterSeconds * 1000).toISOString();
  return {
    target: REQUEST.target,
    reason: `alarm ${alarm} turned to ALARM`,
    trigger: { type: 'alarm', id: `${alarm} ${at}`, at, alarm },
    heardAt: at,
  };
};

/**
 * Plays a rollback whose questions are kept, interrupted and listened for by Lastgood's code. Only the table, the token
 * and the verdicts are scripted.
 */
async function playQuestions(verdicts: readonly Verdict[], coming: readonly Coming[]) {
  const alsoTriggeredBy: Heard[] = [];
  const planned: Request[] = [];
  const interruptions: string[] = [];
  let open: { readonly token: string; readonly about: AskedAbout } | null = null;
  let answer = Promise.withResolvers<Approval>();
  let turn = 0;

  const claims: Pick<Claims, 'ask' | 'record'> = {
    record: () => Promise.resolve({ alsoTriggeredBy } as unknown as RollbackRecord),
    ask: (_target, _execution, token, _until, about) => {
      const isLate = alsoTriggeredBy.length > about.heard && about.again < MAX_INTERRUPTIONS;
      if (isLate) return Promise.reject(new HeardMore('triggered again'));
      open = { token, about };
      answer = Promise.withResolvers();
      return Promise.resolve();
    },
  };
  const passOn = interrupt(
    {
      waiting: {
        at: () => Promise.resolve(open && { ...open, request: REQUEST as Request, alsoTriggeredBy }),
      },
      reply: (_token, given) => Promise.resolve((answer.resolve(given as Approval), 'answered')),
    },
    () => START,
  );
  const trigger = async (one: Coming) => {
    alsoTriggeredBy.push(alarmed(one));
    if (one.isNotPassedOn) return;
    const loser = { request: alarmed(one) } as StepCall['rollback'];
    interruptions.push(((await passOn({ verb: 'interrupt', rollback: loser })) as { state: string }).state);
  };
  const script: Partial<Script> = {
    plan: [(rollback: Requested) => Promise.resolve((planned.push(rollback.request), ready))],
    approve: [() => answer.promise],
  };
  const guard = steps({
    claim: {
      adds: 'claim',
      run: () => {
        for (const one of coming) setTimeout(() => void trigger(one), one.afterSeconds * 1000);
        return Promise.resolve({ kind: 'ecs', holder: EXECUTION, since: START, expiresAt: START });
      },
    },
    judge: {
      adds: 'verdict',
      run: async ({ rollback }) => {
        const heard = alsoTriggeredBy.length;
        // A trigger at 0 seconds comes after the judge has looked.
        await new Promise((resolve) => setTimeout(resolve, 0));
        const verdict = verdicts[Math.min(turn++, verdicts.length - 1)]!;
        const lead = leadOf(rollback);
        return conclude([{ trigger: lead, verdict }], rollback as Judgeable, lead, heard);
      },
    },
    ask: {
      run: ask({ claims, emitter: { emit: () => Promise.resolve() }, readPause, ...noStorm }, () => START),
    },
    listen: { adds: 'listened', run: listen(claims) },
    review: { adds: 'reviewed', run: () => Promise.resolve({ at: START, says: '' }) },
  });
  const run = await play(script, undefined, { guard });
  return { ...run, planned: planned.map(({ trigger }) => trigger?.id), interruptions };
}

/** The questions here belong to no storm. */
const readPause = () => Promise.resolve(null);
const noStorm = { storms: { asks: () => Promise.resolve() }, tend: () => Promise.resolve() };

describe('a question that waits', () => {
  it('is interrupted by a trigger that lost the claim, and the rollback acts at once', async () => {
    const genuine = { afterSeconds: 150, alarm: 'checkout-errors' };
    const run = await playQuestions([stay, act], [genuine]);
    expect(run.states).toEqual(path('Claim Claimed', JUDGED, 'Approve Approved', JUDGED, ...WAY));
    expect(run.interruptions).toEqual(['judged-again']);
    expect(run.planned).toEqual([REQUEST.trigger.id, alarmed(genuine).trigger?.id]);
    expect(run.document.verdict).toMatchObject({ heard: 1, again: 1, decidedBy: alarmed(genuine) });
    expect(run.document.verdict?.reasons[0]).toContain('checkout-errors');
  });

  it('is interrupted three times at most; a later trigger is judged when the countdown ends', async () => {
    const four = [60, 120, 180, 240].map((afterSeconds, i) => ({ afterSeconds, alarm: `alarm-${i}` }));
    const run = await playQuestions([stay], four);
    const once = [JUDGED, 'Approve Approved'];
    expect(run.states).toEqual(
      path(
        ...['Claim Claimed', ...once, ...once, ...once, JUDGED, 'Approve', unanswered],
        ...[JUDGED, 'Approve', unanswered, reviewed, skipped],
      ),
    );
    expect(run.interruptions).toEqual(['judged-again', 'judged-again', 'judged-again', 'too-often']);
    expect(run.document.verdict).toMatchObject({ heard: 4, again: 4 });
    expect(run.seconds).toBe(180 + 600 + 600);
    expect(run.closed).toEqual(['skipped']);
  });

  it('is judged again after the countdown if a trigger could not interrupt it', async () => {
    const lost = { afterSeconds: 30, alarm: 'checkout-errors', isNotPassedOn: true } as const;
    const run = await playQuestions([stay, act], [lost]);
    expect(run.states).toEqual(path('Claim Claimed', JUDGED, 'Approve', unanswered, JUDGED, ...WAY));
    expect(run.planned[1]).toBe(alarmed(lost).trigger?.id);
  });

  it('is not asked if a trigger came since the judgement: that one is judged first', async () => {
    const atOnce = { afterSeconds: 0, alarm: 'checkout-errors' };
    const run = await playQuestions([stay, act], [atOnce]);
    expect(run.states).toEqual(path('Claim Claimed', JUDGED, 'Approve', JUDGED, ...WAY));
    expect(run.interruptions).toEqual(['no-question']);
  });

  it('ends by silence if every trigger was judged', async () => {
    const run = await playQuestions([stay], [{ afterSeconds: 30, alarm: 'checkout-errors' }]);
    expect(run.states).toEqual(
      path('Claim Claimed', JUDGED, 'Approve Approved', JUDGED, 'Approve', unanswered, reviewed, skipped),
    );
    expect(run.seconds).toBe(30 + 600);
  });
});
