import { describe, expect, it } from 'vitest';
import { amongOnes, asOne, withoutSince } from '../../../src/rollback/first-seen.ts';
import { after } from '../../../src/rollback/time.ts';
import { AT } from './documents.ts';

const run = (what: string, seconds: number) => ({ what, since: after(AT, seconds) });
const same = (one: { what: string }, other: { what: string }) => one.what === other.what;

describe('runs that were observed twice', () => {
  it.each([
    ['within two minutes are one, since the first', [run('green', 40), run('green', 0)], ['green 0']],
    ['in three looks too', [run('green', 90), run('green', 40), run('green', 0)], ['green 0']],
    ['later than that are two', [run('green', 121), run('green', 0)], ['green 121', 'green 0']],
    [
      'are two where something else ran between',
      [run('green', 80), run('blue', 40), run('green', 0)],
      ['green 80', 'blue 40', 'green 0'],
    ],
    ['are none of others', [run('green', 40), run('blue', 0)], ['green 40', 'blue 0']],
  ])('%s', (_, runs, wanted) => {
    const ones = asOne(runs, same);
    const seconds = (since: string) => (Date.parse(since) - Date.parse(AT)) / 1000;
    expect(ones.map(({ what, since }) => `${what} ${seconds(since)}`)).toEqual(wanted);
    for (const each of runs) expect(amongOnes(ones, each).what).toBe(each.what);
    expect(ones).toContain(amongOnes(ones, runs[0]!));
  });
});

describe('a run that was observed again after a long time', () => {
  const seen = (what: string, seconds: number, notBefore: number) => ({
    ...run(what, seconds),
    notBefore: after(AT, notBefore),
  });

  it('is one, where the target was not seen between', () => {
    expect(asOne([seen('green', 600, -60), run('green', 0)], same)).toEqual([seen('green', 0, -60)]);
    expect(asOne([seen('green', 600, 0), run('green', 0)], same)).toHaveLength(1);
  });

  it('keeps the sight before its first observation', () => {
    expect(asOne([seen('green', 60, -30), seen('green', 0, -60)], same)).toEqual([seen('green', 0, -60)]);
    expect(asOne([seen('green', 60, 30), run('green', 0)], same)).toEqual([run('green', 0)]);
  });

  it('is two, where it was seen between', () => {
    expect(asOne([seen('green', 600, 1), run('green', 0)], same)).toHaveLength(2);
  });
});

it('a run that was not merged is itself', () => {
  const late = run('green', 0);
  expect(amongOnes([run('green', 40)], late)).toBe(late);
});

it('an id loses the instant of its observation, and any other id is unchanged', () => {
  expect(withoutSince(`weights 100/0 since ${AT}`)).toBe('weights 100/0');
  expect(withoutSince('arn:aws:ecs:since')).toBe('arn:aws:ecs:since');
});
