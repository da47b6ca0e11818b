import { describe, expect, it } from 'vitest';
import { adviceAfter } from '../../../src/rollback/advice.ts';
import { outcomeOf } from '../../../src/rollback/ending.ts';
import type { Facts } from '../../../src/rollback/facts.ts';
import { reviewOf } from '../../../src/rollback/review.ts';
import { ERROR_RATE, ERRORS, factsOf, meter, NOW, REQUESTS, steps, V42 } from './clues/night.ts';
import { BY_REQUEST, found, joinOf, without, BAD, unknown } from './judge-facts.ts';

const red = found(ERROR_RATE);
const saysOf = (changed: Partial<Facts>, isSamePlan = true) =>
  reviewOf(factsOf({}, { alarm: red, ...changed }), isSamePlan, NOW).says;

describe('a review after a question without an answer says', () => {
  it.each([
    ['that the harm went on', { alarm: red }, `The harm still went on at ${NOW}.`],
    [
      'that it ended',
      { alarm: found({ ...ERROR_RATE, state: 'OK' } as const) },
      `The harm had ended by ${NOW}.`,
    ],
    [
      'that it ended, by the measurements',
      { measured: found([REQUESTS, meter('errors', steps({ '00:00': null, '03:02': 200, '03:05': 0 }))]) },
      `The harm had ended by ${NOW}.`,
    ],
    [
      'that it does not know',
      { alarm: unknown('throttled'), measured: found([REQUESTS, ERRORS]) },
      `Whether the harm had ended by ${NOW} is unknown.`,
    ],
    ['nothing of a harm where a person asked', { request: BY_REQUEST }, ''],
  ] satisfies [string, Partial<Facts>, string][])('%s', (_, changed, says) => {
    expect(saysOf(changed)).toBe(says);
  });

  it('what became of the way back', () => {
    expect(saysOf({}, false)).toMatch(
      / The plan has changed since the question: it leads from checkout:42 to checkout:41 now\.$/,
    );
    const gone = { ...without('no-way-back', 'AWS keeps no template.'), recent: [V42] };
    expect(saysOf({ plan: gone }, false)).toBe(
      `The harm still went on at ${NOW}. The way back is gone: AWS keeps no template.`,
    );
    expect(saysOf({ plan: without('nothing-to-do', 'checkout:41 is back already') }, false)).toBe(
      'Nothing is left to go back from: checkout:41 is back already.',
    );
    expect(saysOf({ plan: joinOf({}) }, false)).toBe('AWS is going back to checkout:41 natively.');
  });
});

describe('the end of a question without an answer', () => {
  const document = {
    request: BY_REQUEST,
    verdict: { verdict: 'ask', at: NOW, reasons: ['?'], countdownSeconds: 600, onSilence: 'stay' },
    approval: { Error: 'States.Timeout' },
  } as const;
  const reviewed = { at: NOW, says: 'The harm had ended.' };

  it.each([
    ['nothing-to-do', []],
    ['no-way-back', ['Lastgood changed nothing. If users are still hurt, go back by hand.']],
  ] as const)('is skipped in the words of the review where the plan became %s', (state, advice) => {
    const outcome = outcomeOf({ ...document, plan: without(state, BAD.name), reviewed }, NOW);
    expect(outcome).toMatchObject({
      state: 'skipped',
      reason: 'No answer came in time, and silence means stay. The harm had ended.',
      advice,
    });
  });

  it('says no more where Lastgood could not look', () => {
    const plan = without('no-way-back', 'gone');
    for (const none of [{ Error: 'Throttled' }, { at: NOW, says: '' }])
      expect(outcomeOf({ ...document, plan, reviewed: none }, NOW).reason).toBe(
        'No answer came in time, and silence means stay.',
      );
    expect(adviceAfter('skipped', document)).toEqual([
      'Decide whether to go back. If so, ask for the rollback again.',
    ]);
  });
});
