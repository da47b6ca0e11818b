import { expect, test } from 'vitest';
import { withFreshSides } from '../../../src/lookout/fresh.ts';
import { NO_COUNTERS } from '../../../src/lookout/counters.ts';
import type { Weighed } from '../../../src/lookout/document.ts';
import { at, followed, sides } from './followed.ts';

const about = { at: at(400), counters: NO_COUNTERS, says: ['Two tasks crashed.'] };
const accusation: Weighed = { ...about, state: 'accuse', since: at(300), by: 'control' };
const waiting: Weighed = { ...about, state: 'wait', seconds: 30 };

const withSidesOf = (second: number, weighed: Weighed) =>
  withFreshSides(followed({ sides: sides({ at: at(second) }) }), weighed, at(400));

test('an accusation waits for the sides where they were read long ago', () => {
  expect(withSidesOf(300, accusation)).toEqual({ ...about, state: 'wait-for-sides', seconds: 1 });
});

test('an accusation by sides of the last minute is made at once', () => {
  expect(withSidesOf(335, accusation)).toBe(accusation);
});

test('nothing else waits for them', () => {
  expect(withSidesOf(0, waiting)).toBe(waiting);
});
