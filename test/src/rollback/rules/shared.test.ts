import { describe, expect, test } from 'vitest';
import type { Deployment } from '../../../../src/rollback/plan.ts';
import { judge } from '../../../../src/rollback/judge.ts';
import { at, factsOf, meter, NOW, steps, V41, V42, type Night } from '../clues/night.ts';

const judged = (night: Partial<Night>) => judge(factsOf(night, { looks: 2 }), NOW);
const said = (night: Partial<Night>) => {
  const { verdict, reasons } = judged(night);
  return `${verdict}: ${reasons.join(' ')}`;
};
const surge = [
  meter('requests', steps({ '00:00': 1000, '03:01': 1600 })),
  meter('errors', steps({ '00:00': null, '03:02': 300 })),
];

describe('a revision that got a share of the traffic after the onset', () => {
  const share = (one: Deployment): Deployment => ({
    ...{ id: 'share', state: 'in-flight', startedAt: at('03:05'), isRollback: false, sharesWith: 'unknown' },
    ...{ revision: one.revision, ...(one.content !== undefined && { content: one.content }) },
  });

  test('is no way back, where it would be one if it had all of it: a person is asked', () => {
    const back = share(V41);
    expect(said({ recent: [back, V42, V41] })).toMatch(
      /^ask: checkout:41 shares the traffic with checkout:42, which ran when the harm began, and nothing moves the rest natively: so a person decides\./,
    );
    expect(judged({ recent: [back, V42, V41] })).not.toHaveProperty('culprit');
    expect(said({ recent: [{ ...back, sharesWith: 'older' }, V42, V41] })).toMatch(
      /^ask: checkout:41 was deployed after checkout:42, which ran when the harm began: it may be the fix/,
    );
  });

  test('is not deployed again, where it is the suspect', () => {
    expect(said({ recent: [share(V42), V42, V41] })).toMatch(
      /^ask: checkout:42 was given another share of the traffic after the harm began, so a person decides\./,
    );
    const early = { ...V42, startedAt: at('02:00'), state: 'completed', finishedAt: at('02:05') } as const;
    expect(said({ recent: [share(V42), early, V41], measured: surge })).toMatch(
      /^skip: checkout:42, which ran when the harm began and was given another share of the traffic, is hardly the cause\./,
    );
  });
});

test('the culprit is named with when its replacement was seen, where AWS does not say when it began', () => {
  const back = { ...V41, id: 'back', startedAt: at('03:05'), seenAt: at('03:06'), finishedAt: at('03:06') };
  expect(judged({ recent: [back, V42, V41] }).culprit?.evidence).toBe(
    `it ran when the harm began at ${at('03:02')}, and checkout:41 was seen in its place at ${at('03:06')}`,
  );
});
