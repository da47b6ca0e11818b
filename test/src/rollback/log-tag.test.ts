import { expect, test } from 'vitest';
import { logsIn } from '../../../src/rollback/log-tag.ts';

test.each([
  ['', []],
  ['console', ['console']],
  ['  /web/app   console /web/app ', ['/web/app', 'console']],
  ['/a /b /c /d /e', ['/a', '/b', '/c', '/d']],
  [`/web/app:* "x" ${'l'.repeat(513)} web_app#1.log-2`, ['web_app#1.log-2']],
])('lastgood:logs=%j names %j', (value, names) => {
  expect(logsIn({ 'lastgood:logs': value })).toEqual(names);
});

test('without the tag no log of an instance is named', () => {
  expect(logsIn({ lastgood: 'auto' })).toEqual([]);
});
