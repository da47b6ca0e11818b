import type { Detail } from '../../../src/events/details.ts';

const AT = '2026-11-22T03:00:00.000Z';
const OF = { version: '1', target: 'ecs:prod/checkout', execution: 'arn:one' } as const;

/** Events of one rollback, as its thread keeps them. */
export const FROM = { id: 'two', name: 'checkout:42' };
export const TO = { id: 'one', name: 'checkout:41' };

export const ALARM: Detail<'Rollback Started'> = {
  ...OF,
  requested: 'alarm checkout-5xx turned to ALARM',
  trigger: { type: 'alarm', of: 'checkout-5xx', at: AT },
  startedAt: AT,
};

type Verdict = Detail<'Rollback Planned'>['verdict'];

export const judged = (verdict: Verdict['verdict']): Verdict => ({ verdict, at: AT, reasons: ['Why.'] });
export const act = judged('act');

export const planned = (verdict: Verdict): Detail<'Rollback Planned'> => ({
  ...{ ...OF, plannedAt: AT, plan: 'ready', from: FROM, to: TO },
  ...{ rungs: [], notes: [], verdict },
});

export const question: Detail<'Rollback Approval Requested'> = {
  ...{ ...OF, reasons: ['Why.'], from: FROM, to: TO },
  ...{ askedAt: AT, answerBy: '2026-11-22T03:10:00.000Z', onSilence: 'stay' },
};

export const STOPPED: Detail<'Rollback Stopped'> = { ...OF, from: FROM, to: TO, state: 'not-running' };

export const skippedBy = (verdict: Verdict): Detail<'Rollback Skipped'> => ({
  ...{ ...OF, outcome: 'skipped', reason: 'It was not the deployment.' },
  ...{ advice: [], verdict, endedAt: '2026-11-22T03:03:00.000Z' },
});
