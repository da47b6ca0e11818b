import { expect, it } from 'vitest';
import { consents } from '../../../src/rollback/consent.ts';

it.each([
  [{ lastgood: 'auto' }, true],
  [{ lastgood: 'approve' }, true],
  [{ lastgood: 'observe' }, false],
  [{ lastgood: 'Auto' }, false],
  [{ 'lastgood:target': 'auto' }, false],
  [{}, false],
])('consents by its tags %j: %s', (tags: Readonly<Record<string, string>>, is) => {
  expect(consents(tags)).toBe(is);
});
