import { describe, expect, it } from 'vitest';
import type { Weighed } from '../../../src/lookout/document.ts';
import { weigh } from '../../../src/lookout/weigh.ts';
import { at, crash, everyWeighed, followed, lookAt, probes, sides, START, weighAll } from './followed.ts';

const HOUR = 3600;

/** Looks every ten seconds, in which all probes are answered. */
const wellProbed = (from: number, to: number) =>
  Array.from({ length: (to - from) / 10 }, (_, index) =>
    lookAt(from + 10 * index, { probes: [probes({ sent: 10 })] }),
  );

describe('a lookout waits', () => {
  it('where nothing was seen, and says so', () => {
    expect(weighAll([lookAt(10)])).toMatchObject({
      state: 'wait',
      says: ['Nothing speaks against it yet.'],
    });
  });

  it('where something could not be read, and says what', () => {
    const missing = ['The metrics could not be read: Throttled.'];
    expect(weighAll([lookAt(10, { missing })])).toMatchObject({ state: 'wait', says: missing });
  });

  it('and reads the sides again once they are old, of a deployment that ended less often', () => {
    const late = lookAt(300);
    expect(weighAll([late])).toMatchObject({ state: 'wait-for-sides' });
    expect(weighAll([late], sides({ at: at(290) }))).toMatchObject({ state: 'wait' });
    const ended = sides({ at: at(200), finishedAt: at(150) });
    expect(weighAll([late], ended)).toMatchObject({ state: 'wait' });
    expect(weighAll([late], { ...ended, finishedAt: undefined } as never)).toMatchObject({
      state: 'wait-for-sides',
    });
  });

  it('for whole seconds that a Wait state takes, the longer the older the deployment is', () => {
    const seconds = [10, 400, 1800, 3 * HOUR].map((age) => {
      const weighed = weighAll([lookAt(age)], sides({ at: at(age) }));
      return 'seconds' in weighed ? weighed.seconds : 0;
    });
    expect(seconds.every((one) => Number.isInteger(one) && one > 0)).toBe(true);
    expect(seconds.toSorted((one, other) => one - other)).toEqual(seconds);
    expect(new Set(seconds).size).toBe(4);
  });
});

describe('a lookout ends', () => {
  it.each([
    ['without sides', followed({ look: lookAt(10) }), 'Nothing was read.'],
    ['without a look', followed(), 'Nothing was read.'],
  ])('%s', (what, { sides: both, ...rest }, says) => {
    const document = what === 'without sides' ? rest : { ...rest, ...(both && { sides: both }) };
    expect(weigh(document, at(10))).toMatchObject({ state: 'end', quiet: false, says: [says] });
  });

  it('where there is nothing to follow any more', () => {
    const none = { state: 'none', at: START, reason: 'checkout:2 is a way back.' } as const;
    const weighed = weigh(followed({ sides: none, look: lookAt(10) }), at(10));
    expect(weighed).toMatchObject({ state: 'end', quiet: false, says: ['checkout:2 is a way back.'] });
  });

  it('where another execution follows a later deployment, whatever it saw', () => {
    const stops = [20, 30, 40, 50, 60, 70].map((second) => crash(second));
    const weighed = weighAll([lookAt(80, { stops, supersededBy: 'deployment/3' })]);
    expect(weighed).toMatchObject({ state: 'end', quiet: false });
    expect(weighed.says.join()).toContain('deployment/3');
  });

  it('quietly after its soak, if it compared and nothing spoke against it', () => {
    const ended = sides({ finishedAt: at(120), tags: { ...sides().tags, 'lastgood:soak': '5' } });
    const looks = wellProbed(0, 600);
    const answers = everyWeighed(looks, ended);
    const last = answers.at(-1)!;
    expect(last).toMatchObject({ state: 'end', quiet: true });
    expect(last.at).toBe(at(420));
  });

  it('not quietly if it saw nothing at all', () => {
    const ended = sides({ finishedAt: at(120) });
    expect(weighAll([lookAt(119 + 30 * 60)], ended).state).not.toBe('end');
    expect(weighAll([lookAt(121 + 30 * 60)], ended)).toMatchObject({ state: 'end', quiet: false });
  });

  it('after four hours at the latest', () => {
    const soaking = sides({ tags: { ...sides().tags, 'lastgood:soak': '1440' }, finishedAt: at(600) });
    for (const both of [soaking, sides()]) {
      const fresh = { ...both, at: at(4 * HOUR - 30) };
      expect(weighAll([lookAt(4 * HOUR - 20)], fresh)).toMatchObject({ state: 'wait' });
      expect(weighAll([lookAt(4 * HOUR)], fresh)).toMatchObject({ state: 'end' });
    }
  });
});

it('does not say that it looked through a soak that four hours cut short', () => {
  const looks = wellProbed(0, 600);
  const soaking = sides({ startedAt: at(300 - 4 * HOUR), finishedAt: at(0) });
  const last = everyWeighed(looks, soaking).at(-1)!;
  expect(last).toMatchObject({ state: 'end', quiet: false });
  expect(last.says[0]).toMatch(/^\d+ looks in 4 hours saw nothing against it\. Its soak is not over\.$/);
});

describe('an accusation', () => {
  const stops = [20, 30, 40, 50, 60, 70].map((second) => crash(second));

  it('names the first moment of the harm, and its sentences alone', () => {
    const weighed = weighAll([lookAt(80, { stops, missing: ['The targets could not be read: Throttled.'] })]);
    expect(weighed).toMatchObject({ state: 'accuse', since: at(20), by: 'control' });
    expect(weighed.says).toEqual([
      '6 tasks of checkout:2 crashed, the last one: app exited with 1; no task of the revision before crashed.',
    ]);
  });

  it('comes before the end of the soak', () => {
    const ended = sides({ finishedAt: at(0), tags: { ...sides().tags, 'lastgood:soak': '1' } });
    expect(weighAll([lookAt(80, { stops })], ended)).toMatchObject({ state: 'accuse' });
  });
});

it('counters that go through JSON count as those that do not', () => {
  const looks = [
    ...wellProbed(0, 60),
    lookAt(60, { probes: [probes({ failed: 2 })] }),
    lookAt(70, { probes: [probes({ failed: 2 }), probes({ through: 'newer', seconds: null, failed: 5 })] }),
  ];
  let weighed: Weighed | undefined;
  for (const look of looks) weighed = weigh(followed({ look, ...(weighed && { weighed }) }), look.at);
  expect(weighAll(looks)).toEqual(weighed);
  expect(JSON.parse(JSON.stringify(weighed))).toEqual(weighed);
  expect(weighed?.counters).toMatchObject({ looks: 8, before: { bad: 0 } });
});
