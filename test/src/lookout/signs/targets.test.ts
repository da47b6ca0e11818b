import { describe, expect, it } from 'vitest';
import type { Look, Targets } from '../../../../src/lookout/document.ts';
import { at, everyWeighed, ids, lookAt, rolling, targetsAt, weighAll } from '../followed.ts';

const NEW = ids('new', 4);
const OLD = ids('old', 4);

/** Looks each half minute, with the targets of both sides by the second. */
function looks(
  to: number,
  newer: (second: number) => Partial<Targets>,
  older: (second: number) => Partial<Targets> = () => ({ healthy: OLD }),
): readonly Look[] {
  return Array.from({ length: to / 30 }, (_, index) => {
    const second = 30 * (index + 1);
    return lookAt(second, targetsAt(second, newer(second), older(second)));
  });
}

/** The newer targets are healthy at first, and not from a second on. */
const sickFrom =
  (from: number) =>
  (second: number): Partial<Targets> =>
    second < from ? { healthy: NEW } : { unhealthy: NEW };

describe('targets of the newer side that stay unhealthy', () => {
  it('accuse by persistence, from the first such reading', () => {
    expect(weighAll(looks(600, sickFrom(150)))).toMatchObject({
      state: 'accuse',
      by: 'persistence',
      since: at(150),
    });
  });

  it('do not accuse at once', () => {
    expect(weighAll(looks(180, sickFrom(150))).state).not.toBe('accuse');
  });

  it('do not accuse where the older side is unhealthy too', () => {
    expect(weighAll(looks(1200, sickFrom(150), () => ({ unhealthy: OLD }))).state).not.toBe('accuse');
  });

  it('accuse after the older side has gone', () => {
    expect(weighAll(looks(600, sickFrom(150), () => ({}))).state).toBe('accuse');
  });

  it('count anew after a reading at which most were healthy', () => {
    const flapping = (second: number) =>
      second > 60 && second % 60 === 0 ? { unhealthy: NEW } : { healthy: NEW };
    expect(weighAll(looks(1200, flapping)).state).not.toBe('accuse');
  });

  it('do not accuse while they are few', () => {
    const few = () => ({ healthy: NEW.slice(1), unhealthy: NEW.slice(0, 1) });
    expect(weighAll(looks(1200, few)).state).not.toBe('accuse');
  });

  it('are given longer where none was ever healthy', () => {
    const slow = looks(1500, () => ({ unhealthy: NEW }));
    const answers = everyWeighed(slow);
    expect(answers[9]?.state).not.toBe('accuse');
    expect(answers.at(-1)?.state).toBe('accuse');
    expect(answers.length).toBeLessThan(40);
  });

  it('do not accuse where each of them is young: it is deregistered and starts anew', () => {
    const young = (second: number) => ({ unhealthy: ids(`new-${second}`, 4) });
    expect(
      weighAll(looks(1200, (second) => (second < 150 ? { healthy: NEW } : young(second)))).state,
    ).not.toBe('accuse');
  });
});

describe('where both sides share a group', () => {
  /** A reading of the one group, which counts for the newer side. */
  const shared = (second: number, all: Partial<Targets>) =>
    lookAt(second, { ...targetsAt(second, all), targets: targetsAt(second, all).targets.slice(0, 1) });

  it('targets of the first reading are not of the newer side', () => {
    const sick = Array.from({ length: 40 }, (_, index) =>
      shared(30 * (index + 1), index === 0 ? { healthy: OLD } : { unhealthy: OLD }),
    );
    expect(weighAll(sick, rolling()).state).not.toBe('accuse');
  });

  it('targets that came later are', () => {
    const rolled = Array.from({ length: 40 }, (_, index) => {
      if (index === 0) return shared(30, { healthy: OLD });
      return shared(30 * (index + 1), index < 4 ? { healthy: [...OLD, ...NEW] } : { unhealthy: NEW });
    });
    expect(weighAll(rolled, rolling())).toMatchObject({ state: 'accuse', by: 'persistence', since: at(150) });
  });
});

it('without a reading there is no sign', () => {
  expect(weighAll(Array.from({ length: 40 }, (_, index) => lookAt(30 * index))).says).toEqual([
    'Nothing speaks against it yet.',
  ]);
});
