import { describe, expect, it } from 'vitest';
import { judge } from '../../../../src/rollback/judge.ts';
import { ERROR_RATE, factsOf } from '../clues/night.ts';
import { ALARM, BY_ALARM, BY_ALERT, NOW } from '../judge-facts.ts';

const SCALING = { ...ERROR_RATE, onlyScales: true } as const;

describe('an alarm that only scales', () => {
  it('shows no harm', () => {
    expect(judge(factsOf({ alarm: SCALING }), NOW)).toMatchObject({
      verdict: 'skip',
      reasons: [
        'Alarm checkout-5xx only runs scaling policies, and has no tag lastgood:target: it shows load, and no harm.',
      ],
    });
  });

  it('counts where its tag names the target', () => {
    const request = { ...BY_ALARM, trigger: { ...ALARM, isTagged: true as const } };
    expect(judge(factsOf({ alarm: SCALING }, { request }), NOW).verdict).toBe('act');
  });

  it('is not asked about where another tool called', () => {
    expect(judge(factsOf({ alarm: SCALING }, { request: BY_ALERT }), NOW).verdict).not.toBe('skip');
  });
});
