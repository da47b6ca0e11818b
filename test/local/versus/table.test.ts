import { expect, test } from 'vitest';
import { tablesOf } from '../../../local/versus/table.ts';
import { measured, storyResult } from './measured.ts';

test('a story has a row for each arm, and what never came is a dash', () => {
  const result = storyResult('errors', (arm) => measured({ firstWrite: arm === 'both' ? 178 : null }));
  const lines = tablesOf({ stories: [result], good: [] }).split('\n');
  expect(lines).toHaveLength(8);
  expect(lines[0]).toBe(
    '| errors    | seconds bad | bad requests | first signal | alarm | first write | served |',
  );
  expect(lines[6]).toBe(
    '| both      |          60 |        1,200 |           30 |     – |         178 |     90 |',
  );
  expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
});

test('good releases have one table, with their sum', () => {
  const good = ['quiet', 'warm-up'].map((noise) => ({ noise, seeds: 20, alarm: 1, lookout: 2 }));
  expect(tablesOf({ stories: [], good }).split('\n').at(-1)).toMatch(/^\| all +\| 40 \| +2 \| +4 \|$/);
});
