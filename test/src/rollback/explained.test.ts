import { describe, expect, it } from 'vitest';
import { explained } from '../../../src/rollback/explained.ts';
import type { Traits } from '../../../src/rollback/traits.ts';

const plan = { from: { id: 'two', name: 'two' }, tags: {}, fromTags: {} };
const both: readonly [Traits, Traits] = [
  { 'image of app': { shown: 'shop:2' } },
  { 'image of app': { shown: 'shop:1' } },
];
const image = { by: 'image', id: 'shop:2', name: 'shop:2' };
const commit = { by: 'commit', id: '3f2a9c1', name: '3f2a9c1' };

describe('a plan that explains itself', () => {
  it('names the changes, and what the deployment brings', () => {
    expect(explained(plan, both)).toEqual({
      ...plan,
      changes: ['image of app: shop:2 → shop:1'],
      deploys: [image],
    });
  });

  it('names a commit of its tags where the traits are not known', () => {
    const tagged = { ...plan, fromTags: { 'git-commit': '3f2a9c1' } };
    expect(explained(tagged, null)).toEqual({ ...tagged, deploys: [commit] });
    expect(explained(plan, null)).toEqual(plan);
  });

  it('takes no image of the revision that replaced the one at fault', () => {
    const fixed = { ...plan, suspect: { id: 'bad', name: 'bad' } };
    expect(explained(fixed, both)).not.toHaveProperty('deploys');
  });
});
