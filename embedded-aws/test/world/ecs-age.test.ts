import { expect, test } from 'vitest';
import type { Behaviour } from '../../world/seams.ts';
import { atAge } from '../../world/ecs/tasks/age.ts';

const LEAKING: Behaviour = {
  ...{ startSeconds: 20, health: 'passes', errorRate: 0, latency: 0.1 },
  later: [
    { fromSeconds: 60, latency: 0.5 },
    { fromSeconds: 120, latency: 2, errorRate: 0.4 },
  ],
};

test('a container answers by the last stage that its age has reached', () => {
  const seen = [0, 59, 60, 119, 120, 9999].map((seconds) => atAge(LEAKING, seconds));
  expect(seen.map(({ latency }) => latency)).toEqual([0.1, 0.1, 0.5, 0.5, 2, 2]);
  expect(seen.map(({ errorRate }) => errorRate)).toEqual([0, 0, 0, 0, 0.4, 0.4]);
});

test('all containers of one stage share one behaviour, because users are dealt by it', () => {
  expect(atAge(LEAKING, 61)).toBe(atAge(LEAKING, 90));
});
