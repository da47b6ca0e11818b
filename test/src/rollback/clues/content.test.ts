import { expect, test } from 'vitest';
import { changedNothing } from '../../../../src/rollback/clues/content.ts';
import { sceneIn, V41, V42 } from './night.ts';

const restart = { strength: 1, says: 'The deployment of checkout:42 changed nothing: it was a restart.' };
const deployed = (changed: Partial<typeof V42>) =>
  changedNothing(sceneIn({ recent: [{ ...V42, ...changed }, V41] }));

test('a restart speaks against the release: by equal content, or by changes that are none', () => {
  expect(deployed({ content: 'v41' })).toEqual(restart);
  expect(deployed({ changes: [] })).toEqual(restart);
});

test('a release that changes something says nothing, nor does one whose changes are not known', () => {
  expect(deployed({})).toBeNull();
  expect(deployed({ changes: ['image of app: shop:1 → shop:2'] })).toBeNull();
});
