import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Earlier } from '../../../../src/rollback/earlier.ts';
import type { Facts } from '../../../../src/rollback/facts.ts';
import { judge } from '../../../../src/rollback/judge.ts';
import type { Request } from '../../../../src/rollback/request.ts';
import * as given from '../judge-facts.ts';

const alerted = (more: object = {}): Request => ({
  ...given.BY_ALERT,
  trigger: { ...given.BY_ALERT.trigger!, ...more },
});
const verdict = (more: object, changed: Partial<Facts> = {}) =>
  judge(given.facts({ request: alerted(more), ...changed }), given.NOW);
const six = ['02:05', '02:14', '02:23', '02:32', '02:41', '02:50'].map(given.at);
const others = (count: number) => Array.from({ length: count }, (_, at) => `ecs:prod/other-${at}`);

describe('an alert that fired before', () => {
  test('six times within the hour before the deployment began asks', () => {
    expect(verdict({ before: six })).toMatchObject({
      verdict: 'ask',
      onSilence: 'stay',
      against: [
        'The alert of alertmanager had fired 6 times within the 60 minutes before the deployment of checkout:42 began: it may be flapping.',
      ],
    });
  });

  test('once asks, too, as for an alarm', () => {
    expect(verdict({ before: [given.at('02:05')] }).reasons.join(' ')).toContain('had fired once within');
  });

  test.each([
    ['is not known', {}],
    ['is nothing', { before: [] }],
    ['is longer ago than the window', { before: [given.at('01:59')] }],
    [
      'was after the deployment began, which may have made it',
      { before: [given.at('03:00'), given.at('03:02')] },
    ],
  ])('speaks for neither where what was before %s', (_, more) => {
    expect(verdict(more)).toEqual(verdict({}));
    expect(verdict(more).verdict).toBe('act');
  });

  test('is held against the window that the target asks for', () => {
    const plan = given.planOf({ lastgood: 'auto', 'lastgood:window': '5' });
    expect(verdict({ before: six }, { plan }).verdict).toBe('act');
    expect(verdict({ before: [given.at('02:56')] }, { plan }).verdict).toBe('ask');
  });

  test('is held against the deployment that is suspected, not the newest', () => {
    const older = { ...given.DEPLOYMENT, id: 'deployment-41', startedAt: given.at('02:30') };
    const plan = given.planOf(undefined, {
      deployment: { ...given.DEPLOYMENT, startedAt: given.at('03:04') },
      recent: [{ ...given.DEPLOYMENT, startedAt: given.at('03:04') }, older],
    });
    const { reasons } = verdict({ before: [given.at('02:00')] }, { plan });
    expect(reasons.join(' ')).toContain('had fired once');
    expect(verdict({ before: [given.at('02:45')] }, { plan }).reasons.join(' ')).not.toContain('had fired');
  });

  describe('during an earlier rollback', () => {
    const rolledBack: Earlier = { ...given.EARLIER, triggeredAt: given.at('02:19') };
    const plan = given.planOf({ lastgood: 'auto', 'lastgood:cooldown': '0' });
    const reasonsAfter = (before: readonly string[], earlier: Earlier) => {
      const { verdict: word, reasons } = verdict(
        { before: before.map(given.at) },
        { plan, earlier: [earlier] },
      );
      return [word, ...reasons].join(' ');
    };

    test('that healed it does not count: it was of the release that was rolled back', () => {
      expect(reasonsAfter(['02:19'], rolledBack)).toMatch(/^act /);
      expect(reasonsAfter(['02:25'], rolledBack)).toMatch(/^act /);
    });

    test.each([
      ['fired twice during it', ['02:19', '02:25'], {}],
      ['fired before it', ['02:15', '02:19'], {}],
      ['fired after it', ['02:58'], {}],
      [
        'fired during one that did not heal',
        ['02:19'],
        { ended: { at: given.at('02:30'), as: 'failed-clean' } },
      ],
      ['fired during one that runs', ['02:19'], { ended: undefined }],
      ['fired during a rehearsal', ['02:19'], { rehearsal: 'back' }],
      ['fired during one without a trigger', ['02:19'], { triggeredAt: undefined }],
    ])('counts where it %s', (_, before, changed) => {
      expect(reasonsAfter(before, { ...rolledBack, ...changed } as Earlier)).toContain('had fired');
    });
  });

  test('is asked of no other trigger', () => {
    const { trigger } = given.BY_REQUEST;
    const asked = { ...given.BY_REQUEST, trigger: { ...trigger!, before: six, with: others(9) } } as Request;
    expect(judge(given.facts({ request: asked }), given.NOW).verdict).toBe('act');
  });

  test('without a deployment is skipped for that', () => {
    const { verdict: word, reasons } = verdict({ before: six }, { plan: given.withoutDeployment() });
    expect(word).toBe('skip');
    expect(reasons.join(' ')).not.toContain('flapping');
  });
});

describe('alerts that begin at once', () => {
  test('of as many others as among alarms ask', () => {
    expect(verdict({ with: others(7) }).verdict).toBe('act');
    expect(verdict({ with: others(8) })).toMatchObject({
      verdict: 'ask',
      against: [
        'Alerts of 8 other targets began at the same time (ecs:prod/other-0, ecs:prod/other-1, ecs:prod/other-2, ecs:prod/other-3, ecs:prod/other-4, ecs:prod/other-5, ecs:prod/other-6, ecs:prod/other-7), which suggests a common cause.',
      ],
    });
  });

  test('name no more than eight', () => {
    const { reasons } = verdict({ with: others(20) });
    expect(reasons.join(' ')).toMatch(/Alerts of 20 other targets .*other-7\)/);
  });
});

test('an alarm over several targets asks, and names the others', () => {
  const among = others(7);
  const request = { ...given.BY_ALARM, trigger: { ...given.ALARM, among } };
  const { verdict: word, reasons } = judge(given.facts({ request }), given.NOW);
  expect(word).toBe('ask');
  expect(reasons[0]).toBe(
    'Alarm checkout-5xx is about ecs:prod/checkout and also about ecs:prod/other-0, ecs:prod/other-1, ecs:prod/other-2, ecs:prod/other-3, ecs:prod/other-4, and does not show which of them hurts. Tag it lastgood:target with the target that it is for.',
  );
  const alone = { ...given.BY_ALARM, trigger: { ...given.ALARM, among: [] } };
  expect(judge(given.facts({ request: alone }), given.NOW).verdict).toBe('act');
});

test('what was before, and what fires beside, never make a verdict milder', () => {
  const minute = fc.integer({ min: -120, max: 10 });
  const strictness = (word: string) => ['act', 'look-again', 'ask', 'observe', 'skip'].indexOf(word);
  fc.assert(
    fc.property(
      fc.array(minute, { maxLength: 8 }),
      fc.integer({ min: 0, max: 20 }),
      minute,
      (ago, count, began) => {
        const moment = (minutes: number) => new Date(Date.parse(given.NOW) + minutes * 60_000).toISOString();
        const plan = given.planOf(undefined, {
          deployment: { ...given.DEPLOYMENT, startedAt: moment(began) },
        });
        const more = { before: ago.map(moment), with: others(count) };
        const [without, with_] = [verdict({}, { plan }), verdict(more, { plan })];
        expect(strictness(with_.verdict)).toBeGreaterThanOrEqual(strictness(without.verdict));
      },
    ),
    { numRuns: 500 },
  );
});
