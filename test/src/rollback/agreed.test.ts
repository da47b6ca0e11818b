import { describe, expect, it } from 'vitest';
import type { Agreed, Facts } from '../../../src/rollback/facts.ts';
import { judge } from '../../../src/rollback/judge.ts';
import { asksAboutFreeze } from '../../../src/rollback/rules/freeze.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import {
  BY_ALARM,
  BY_ALERT,
  BY_REQUEST,
  EARLIER,
  facts as factsOf,
  FREEZE,
  NOW,
  planOf,
} from './judge-facts.ts';

const ASKS = { lastgood: 'approve' };
const TWO = { lastgood: 'auto', 'lastgood:approvals': '2' };
const approved = (by: string, toThisPlan = true): Agreed => ({ by, toThisPlan });

describe('what people agreed to', () => {
  it('answers every question about exactly this plan', () => {
    const facts = factsOf({ request: BY_ALARM, plan: planOf(ASKS), approved: approved('ben') });
    expect(judge(facts, NOW)).toMatchObject({ verdict: 'act' });
  });

  it('is asked again when the plan has changed since it was approved', () => {
    const facts = factsOf({ request: BY_ALARM, plan: planOf(), approved: approved('ben', false) });
    expect(judge(facts, NOW)).toMatchObject({ verdict: 'ask', onSilence: 'stay' });
    expect(judge(facts, NOW).reasons.join()).toContain(
      'ben agreed to an earlier plan, which has changed since',
    );
  });

  it('is asked about when the plan has changed since it was confirmed', () => {
    const facts = factsOf({ request: BY_REQUEST, plan: planOf(), confirmed: approved('ada', false) });
    expect(judge(facts, NOW)).toMatchObject({ verdict: 'ask' });
  });

  it('counts as confirmed once the changed plan was approved', () => {
    const plan = planOf();
    const facts = { request: BY_REQUEST, plan, confirmed: approved('ada', false), approved: approved('ada') };
    expect(judge(factsOf(facts), NOW)).toMatchObject({ verdict: 'act' });
  });

  it('answers no freeze that the question did not name', () => {
    const frozen = { request: BY_ALARM, plan: planOf(ASKS), freeze: FREEZE };
    const after = (...shown: string[]) =>
      judge(factsOf({ ...frozen, approved: { ...approved('ben'), shown } }), NOW);
    expect(after('isOptedIn')).toMatchObject({ verdict: 'ask', asks: ['isOptedIn', 'isNotFrozen'] });
    expect(after('isOptedIn').reasons[0]).toContain('ada froze');
    expect(asksAboutFreeze(after('isOptedIn'))).toBe(true);
    expect(asksAboutFreeze({})).toBe(false);
    expect(asksAboutFreeze(judge(factsOf({ request: BY_ALARM, plan: planOf(ASKS) }), NOW))).toBe(false);
    expect(after('isOptedIn', 'isNotFrozen')).toMatchObject({
      verdict: 'act',
      asks: ['isOptedIn', 'isNotFrozen'],
    });
  });

  describe('where a person confirmed the plan before the request', () => {
    const confirmed = (
      shown: readonly string[] | undefined,
      tags: Tags = ASKS,
      changed: Partial<Facts> = {},
    ) =>
      judge(
        factsOf({
          ...{ request: BY_REQUEST, plan: planOf(tags) },
          ...{ confirmed: { ...approved('ada'), ...(shown && { shown }) }, ...changed },
        }),
        NOW,
      );

    it('answers the objections that were shown with it', () => {
      expect(confirmed(['isOptedIn'])).toMatchObject({ verdict: 'act' });
      expect(confirmed(['isOptedIn']).reasons.join()).toContain('ada confirmed exactly this plan.');
    });

    it.each<[string, ReturnType<typeof judge>]>([
      ['that are not known to have been shown', confirmed(undefined)],
      ['that are new', confirmed(['isOptedIn'], ASKS, { earlier: [EARLIER] })],
      ['where two people are needed', confirmed(['isOptedIn', 'hasTwoPeople'], { ...ASKS, ...TWO, ...ASKS })],
    ])('answers none %s', (_, verdict) => {
      expect(verdict).toMatchObject({ verdict: 'ask' });
    });

    it('says nothing of it where no objection was open', () => {
      expect(confirmed([], { lastgood: 'auto' }).reasons.join()).not.toContain('confirmed');
    });
  });

  it.each([
    ['observe', 'observe'],
    ['none', 'skip'],
  ])('never overrules lastgood=%s', (mode, verdict) => {
    const facts = factsOf({ request: BY_ALARM, plan: planOf({ lastgood: mode }), approved: approved('ben') });
    expect(judge(facts, NOW)).toMatchObject({ verdict });
  });

  describe('where no answer came and silence means go', () => {
    const GOES = { ...ASKS, 'lastgood:silence': 'go' };
    const silent = (toThisPlan = true, tags: Tags = GOES, changed: Partial<Facts> = {}) =>
      judge(factsOf({ request: BY_ALARM, plan: planOf(tags), silent: { toThisPlan }, ...changed }), NOW);

    it('goes, for exactly the plan that was asked about', () => {
      expect(silent()).toMatchObject({ verdict: 'act' });
      expect(silent().reasons.join()).toContain('No answer came');
    });

    it.each<[string, ReturnType<typeof silent>]>([
      ['the plan has changed', silent(false)],
      ['the target was frozen since', silent(true, GOES, { freeze: FREEZE })],
      ['another rollback ended since', silent(true, GOES, { earlier: [EARLIER] })],
      ['the tag was changed since', silent(true, ASKS)],
    ])('asks again where %s, and silence is no answer then', (_why, verdict) => {
      expect(verdict).toMatchObject({ verdict: 'ask', onSilence: 'stay' });
    });

    it('never overrules what forbids acting', () => {
      expect(silent(true, { ...GOES, lastgood: 'observe' })).toMatchObject({ verdict: 'observe' });
    });

    it('does not answer twice: after a pause a person decides', () => {
      const spent = { request: BY_ALARM, silenceIsSpent: true } as const;
      const again = judge(factsOf({ ...spent, plan: planOf(GOES) }), NOW);
      expect(again).toMatchObject({ verdict: 'ask', onSilence: 'stay' });
      expect(again.reasons.join(' ')).toContain('Silence let it go before Lastgood was paused');
      const approved = { by: 'ada', toThisPlan: true };
      expect(judge(factsOf({ ...spent, plan: planOf(GOES), approved }), NOW)).toMatchObject({
        verdict: 'act',
      });
      const auto = planOf({ ...GOES, lastgood: 'auto' });
      expect(judge(factsOf({ ...spent, plan: auto }), NOW)).toMatchObject({ verdict: 'act' });
    });
  });

  describe('with lastgood:approvals=2', () => {
    it('asks for a second person where a person asked', () => {
      expect(judge(factsOf({ request: BY_REQUEST, plan: planOf(TWO) }), NOW)).toMatchObject({
        verdict: 'ask',
      });
    });

    it('does not count the one who asked', () => {
      const facts = factsOf({ request: BY_REQUEST, plan: planOf(TWO), approved: approved('ada') });
      expect(judge(facts, NOW)).toMatchObject({ verdict: 'ask' });
    });

    it('acts when another one approved', () => {
      const facts = factsOf({ request: BY_REQUEST, plan: planOf(TWO), approved: approved('ben') });
      expect(judge(facts, NOW)).toMatchObject({ verdict: 'act' });
    });

    it.each([
      ['an alarm', BY_ALARM],
      ['an alert of a tool', BY_ALERT],
    ])('does not ask where %s asked', (_, request) => {
      expect(judge(factsOf({ request, plan: planOf(TWO) }), NOW)).toMatchObject({ verdict: 'act' });
    });

    it('counts any approval of an alert, whatever the name of its tool', () => {
      const plan = planOf({ ...TWO, lastgood: 'approve' });
      const facts = factsOf({ request: BY_ALERT, plan, approved: approved('alertmanager') });
      expect(judge(facts, NOW)).toMatchObject({ verdict: 'act' });
    });
  });
});
