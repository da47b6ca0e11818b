import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { onsetOfChildren, redBefore, watchedByChildren } from '../../../src/rollback/children.ts';
import type { AlarmNow, Child } from '../../../src/rollback/facts.ts';
import { judge } from '../../../src/rollback/judge.ts';
import { factsOf, meter, NOW, REQUESTS, steps, V41, V42 } from './clues/night.ts';
import { ALARM, at, found, omit, unknown } from './judge-facts.ts';

const child = (turned: string, from?: string, until?: string, alarm = 'errors'): Child => ({
  ...{ alarm, at: at(turned) },
  ...(from !== undefined && until !== undefined && { onset: { at: at(from), until: at(until) } }),
});
const service = (...children: readonly Child[]): AlarmNow => ({
  state: 'ALARM',
  actionsEnabled: true,
  children,
});
const onset = (from: string, until: string) => ({ at: at(from), until: at(until) });
const turnedAt = at('03:04');

describe('the onset that the alarms in the rule of a composite alarm show', () => {
  test('is the first breach of the one that turned it', () => {
    expect(onsetOfChildren(service(child('03:04', '03:01', '03:02')), turnedAt)).toEqual(
      onset('03:01', '03:02'),
    );
  });

  test('is the datapoint that is over first, and of those the shortest', () => {
    const hour = child('03:04', '02:00', '03:00', 'slow');
    const late = child('03:04', '03:02', '03:03');
    expect(onsetOfChildren(service(late, hour), turnedAt)).toEqual(onset('02:00', '03:00'));
    const minute = child('03:04', '02:59', '03:00');
    expect(onsetOfChildren(service(hour, minute, late), turnedAt)).toEqual(onset('02:59', '03:00'));
  });

  test('counts one that turned later with earlier datapoints, and none of a newer turn', () => {
    const slow = child('03:06', '03:00', '03:01', 'slow');
    expect(onsetOfChildren(service(child('03:04', '03:02', '03:03'), slow), turnedAt)).toEqual(
      onset('03:00', '03:01'),
    );
    expect(onsetOfChildren(service(child('03:07', '03:04', '03:05')), turnedAt)).toBeNull();
  });

  test('is not that of an alarm that was red before, nor of one without datapoints', () => {
    expect(onsetOfChildren(service(child('03:02', '02:59', '03:00')), turnedAt)).toBeNull();
    expect(onsetOfChildren(service(child('03:03', '02:59', '03:00')), turnedAt)).not.toBeNull();
    expect(onsetOfChildren(service(child('03:04')), turnedAt)).toBeNull();
    expect(onsetOfChildren({ state: 'ALARM' }, turnedAt)).toBeNull();
  });
});

describe('a composite alarm watches', () => {
  const errors = { metric: 'errors', limit: { threshold: 5, breaches: 'above' } } as const;
  const first = { ...child('03:04', '03:01', '03:02'), watching: errors };
  const watched = (...children: readonly Child[]) => watchedByChildren(children, turnedAt);

  test('what the alarms that turned it watch, with the limit of the one that shows the onset', () => {
    expect(watched(first)).toEqual(errors);
    const strict = { ...errors, limit: { threshold: 50, breaches: 'above' as const } };
    expect(watched({ ...child('03:04', '03:02', '03:03'), watching: strict }, first)).toEqual(errors);
  });

  test('nothing known where another that turned it watches another metric, or none is known', () => {
    const other = child('03:04', '03:02', '03:03', 'latency');
    expect(watched(first, { ...other, watching: { metric: 'latency' } })).toEqual({});
    expect(watched(first, other)).toEqual({});
    expect(watched(child('03:04', '03:01', '03:02'))).toEqual({});
    expect(watched()).toEqual({});
  });

  test('what one that turned later watches only where no other is known', () => {
    const later = {
      ...child('03:06', '03:00', '03:01', 'latency'),
      watching: { metric: 'latency' } as const,
    };
    expect(watched(first, later)).toEqual(errors);
    expect(watched(later)).toEqual({ metric: 'latency' });
  });

  test('nothing that alarms watch which were red before', () => {
    const before = {
      ...child('03:02', '02:58', '02:59', 'latency'),
      watching: { metric: 'latency' } as const,
    };
    expect(watched(before, first)).toEqual(errors);
  });
});

test('of the alarms that were red before, those of the last half hour may show the harm', () => {
  const [soon, early] = [
    child('03:02', undefined, undefined, 'soon'),
    child('02:34', undefined, undefined, 'early'),
  ];
  const hours = child('02:33', undefined, undefined, 'hours');
  expect(redBefore(service(child('03:03'), soon, early, hours), turnedAt)).toEqual([soon, early]);
  expect(redBefore({ state: 'ALARM' }, turnedAt)).toEqual([]);
});

const fix = {
  ...V42,
  id: 'fix',
  startedAt: at('03:02'),
  revision: { id: 'fix', name: 'checkout:43' },
  content: 'v43',
};
const bad = { ...V42, state: 'completed' as const, startedAt: at('02:45'), finishedAt: at('02:50') };
const recent = [fix, bad, V41];
const judged = (alarm: AlarmNow, more: Parameters<typeof factsOf>[1] = {}) =>
  judge(factsOf({ alarm, measured: [], recent }, more), NOW);

describe('a fix within the five minutes before the turn of a composite alarm', () => {
  test('is gone back from only where the alarms in its rule show no earlier harm', () => {
    expect(judged(service())).toMatchObject({
      verdict: 'act',
      since: { ...onset('02:59', '03:04'), estimated: true },
    });
    expect(judged(service(child('03:04', '03:02', '03:03')))).toMatchObject({ verdict: 'act' });
    const asked = judged(service(child('03:04', '03:01', '03:02')));
    expect(asked).toMatchObject({ verdict: 'look-again', since: onset('03:01', '03:02') });
    expect(asked.reasons[0]).toBe(
      'checkout:43 was deployed after checkout:42, which ran when the harm began: it may be the fix, so a person decides.',
    );
  });

  test('is not gone back from where another alarm in the rule showed harm before it', () => {
    const last = child('03:04', '03:02', '03:03', 'latency');
    const says = (...children: readonly Child[]) => judged(service(last, ...children)).reasons[0];
    const may =
      'The harm that alarm errors shows began before the deployment of checkout:43: it may be the fix, so a person decides.';
    expect(says(child('03:01', '02:58', '02:59'))).toBe(may);
    expect(says(child('03:02'))).toBe(may);
    expect(says(child('03:02', '03:02', '03:03'))).not.toBe(may);
    expect(judged(service(last, child('03:02', '03:02', '03:03')))).toMatchObject({ verdict: 'act' });
    expect(judged(service(last, child('01:00', '00:58', '00:59')))).toMatchObject({ verdict: 'act' });
  });

  test('is not gone back from at a later look that does not show the alarms any more', () => {
    const sinceBefore = onset('03:01', '03:02');
    const later = { sinceBefore, looks: 1 };
    expect(judged({ state: 'OK' }, later)).toMatchObject({ verdict: 'look-again', since: sinceBefore });
    expect(judged(service(), { ...later, alarm: unknown('denied') })).toMatchObject({ since: sinceBefore });
    const seen = service(child('03:04', '03:00', '03:01'));
    expect(judged(seen, later)).toMatchObject({ since: onset('03:00', '03:01') });
  });

  test('is never gone back from without a person where it began after the harm that they show', () => {
    const clock = fc.integer({ min: 0, max: 8 }).map((minutes) => `02:5${minutes}`);
    const some = fc.array(
      fc.record({ turned: fc.constantFrom('03:02', '03:03', '03:04', '03:06'), began: clock }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(some, fc.constantFrom('03:00', '03:01', '03:02', '03:03'), (children, startedAt) => {
        const shown = children.map(({ turned, began }, k) => child(turned, began, '02:59', `child-${k}`));
        const began = { ...fix, startedAt: at(startedAt) };
        const { verdict } = judge(
          factsOf({ alarm: service(...shown), measured: [], recent: [began, bad, V41] }),
          NOW,
        );
        expect(verdict).not.toBe('act');
      }),
    );
  });
});

test('a harm that grew before the datapoint that breached is seen in the metric of a composite alarm', () => {
  const shown = child('03:04', '03:02', '03:03');
  const watching = { metric: 'errors', periodSeconds: 60, evaluationPeriods: 1 } as const;
  const measured = [REQUESTS, meter('errors', steps({ '00:00': 0, '03:00': 40, '03:02': 200 }))];
  const began = [
    { ...fix, startedAt: at('03:01') },
    { ...V41, isProven: true as const },
  ];
  const seen = (alarm: AlarmNow) => judge(factsOf({ alarm, measured, recent: began }), NOW).since;
  expect(seen(service(shown))).toEqual(onset('03:02', '03:03'));
  expect(seen({ ...service({ ...shown, watching }), ...watching })).toEqual(onset('03:00', '03:01'));
});

test('a plan that was made for another suspect than the measurements accuse is made again', () => {
  const plan = { ...factsOf({ recent }).plan, from: fix.revision, to: V41.revision, suspect: bad.revision };
  const shown = { alarm: service(child('03:04', '03:03', '03:04')), measured: [] };
  const early = { ...bad, startedAt: at('02:54') };
  const judgedFor = (made: typeof plan, looks = 0) =>
    judge({ ...factsOf({ ...shown, recent: [fix, early, V41] }), plan: made, looks }, NOW);
  const judgedBy = (changed: object, looks = 0) => judgedFor({ ...plan, ...changed }, looks);
  expect(judgedBy({})).toMatchObject({
    verdict: 'look-again',
    lookAgainInSeconds: 65,
    reasons: expect.arrayContaining([
      'checkout:43 ran when the harm began, and the plan was made for checkout:42.',
    ]) as string[],
  });
  expect(judgedBy({}, 2).verdict).toBe('ask');
  expect(judgedFor(omit(plan, 'suspect')).verdict).toBe('act');
  expect(judgedBy({ suspect: fix.revision }).verdict).toBe('act');
  const because = /the plan was made for/;
  expect(judgedBy({ recent: undefined }).reasons.join(' ')).not.toMatch(because);
  // Another look would accuse the older one again: only the slack of a slow rise reaches the newer one.
  const rising = meter('errors', steps({ '00:00': 0, '03:00': 40, '03:02': 200 }));
  const seen = factsOf({
    alarm: { ...service(child('03:04', '03:02', '03:03')), metric: 'errors', periodSeconds: 60 },
    measured: [REQUESTS, rising],
    recent: [{ ...fix, startedAt: at('03:01') }, early, V41],
  });
  expect(judge({ ...seen, plan: { ...plan, ...seen.plan } }, NOW).reasons.join(' ')).not.toMatch(because);
});

test('an onset with datapoints of the trigger stays', () => {
  const own = { at: at('03:03'), until: at('03:04') };
  const request = { ...factsOf().request, trigger: { ...ALARM, onset: own } };
  const facts = factsOf(
    { alarm: service(child('03:04', '02:50', '02:51')), measured: [], recent },
    { request },
  );
  expect(judge({ ...facts, sinceBefore: onset('02:50', '02:51'), others: found([]) }, NOW).since).toEqual(
    own,
  );
});
