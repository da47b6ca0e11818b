import { expect, test } from 'vitest';
import { globSync, readFileSync } from 'node:fs';
import { nearMissOf, unreadTags } from '../../../src/rollback/near-miss.ts';

test.each([
  [{ Lastgood: 'auto' }, 'Lastgood'],
  [{ 'last-good': 'approve' }, 'last-good'],
  [{ 'Last Good': ' Auto ' }, 'Last Good'],
  [{ 'lastgood ': 'observe' }, 'lastgood '],
  [{ lastgood: 'auto' }, null],
  [{ Lastgood: 'the shop of the year' }, null],
  [{ 'lastgood:soak': '5' }, null],
  [{}, null],
])('of %j the near miss is %j', (tags, near) => {
  expect(nearMissOf(tags)).toBe(near);
});

test.each([
  [{ 'lastgood:Window': '30' }, [{ key: 'lastgood:Window', meant: 'lastgood:window' }]],
  [
    { 'Lastgood:hold_transition': 'yes' },
    [{ key: 'Lastgood:hold_transition', meant: 'lastgood:hold-transition' }],
  ],
  [{ 'lastgood-soak': '5' }, [{ key: 'lastgood-soak', meant: 'lastgood:soak' }]],
  [{ 'lastgood: soak': '5' }, [{ key: 'lastgood: soak', meant: 'lastgood:soak' }]],
  [{ 'lastgood:colour': 'red' }, [{ key: 'lastgood:colour' }]],
  [{ 'lastgood:soak': '5', 'lastgood:alarm': 'web', 'lastgood:alarm:api': 'api' }, []],
  [{ lastgood: 'auto', Lastgood: 'auto', lastgoodness: 'yes', 'acme:lastgood:Window': '1' }, []],
])('of %j those without effect are %j', (tags, unread) => {
  expect(unreadTags(tags)).toEqual(unread);
});

test('each tag that the code reads is one of them', () => {
  const files = globSync(['src/**/*.ts', 'functions/**/*.ts']).map((file) => readFileSync(file, 'utf8'));
  const named = files.flatMap((text) =>
    [...text.matchAll(/'(lastgood:[a-z-]+)'/g)].map(([, key = '']) => key),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(unreadTags(Object.fromEntries(named.map((key) => [key, ''])))).toEqual([]);
});
