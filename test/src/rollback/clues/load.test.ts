import { expect, test } from 'vitest';
import { loadGrew } from '../../../../src/rollback/clues/load.ts';
import { aDayBefore, ERRORS, meter, sceneIn, steps } from './night.ts';

const requests = (levels: Record<string, number | null>) => meter('requests', steps(levels));
const surge = requests({ '00:00': 1000, '03:01': 1350 });
const yesterday = (levels: Record<string, number | null>) =>
  meter('requests', aDayBefore(steps(levels)), { yesterday: true });
const grownIn = (...measured: ReturnType<typeof meter>[]) =>
  loadGrew(sceneIn({ measured: [...measured, ERRORS] }));

test('load that grew by more than a fifth speaks against the release, fully from half on', () => {
  expect(grownIn(surge)?.strength).toBeCloseTo((1.35 - 1.2) / 0.3);
  expect(grownIn(surge)?.says).toBe('Requests are 1.4 times what they were before.');
  expect(grownIn(requests({ '00:00': 1000, '03:01': 1500 }))?.strength).toBe(1);
  expect(grownIn(requests({ '00:00': 1000, '03:01': 1190 }))).toBeNull();
});

test('load that grew likewise yesterday is usual', () => {
  expect(grownIn(surge, yesterday({ '00:00': 1000, '03:01': 1350 }))).toBeNull();
  expect(grownIn(surge, yesterday({ '00:00': 1000 }))?.strength).toBeCloseTo(0.5);
  // Load that fell yesterday does not make today's growth more than it is.
  expect(grownIn(surge, yesterday({ '00:00': 1000, '03:01': 100 }))?.strength).toBeCloseTo(0.5);
});

test('without requests, or with few minutes of them, nothing is said', () => {
  expect(grownIn()).toBeNull();
  expect(grownIn(requests({ '02:50': 1000, '03:01': 3000 }))).toBeNull();
  expect(grownIn(requests({ '00:00': 1000, '03:00': null }))).toBeNull();
});
