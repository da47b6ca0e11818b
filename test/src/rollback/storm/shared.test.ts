import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Artefact } from '../../../../src/rollback/plan.ts';
import { artefactsOf, keyOf } from '../../../../src/rollback/storm/artefacts.ts';
import { sharedAmong } from '../../../../src/rollback/storm/shared.ts';

const revision = { id: 'revision/bad', name: 'checkout:42' };
const shown = (value: string) => ({ shown: value });

describe('what a deployment brings', () => {
  it.each([
    ['its registry', '1234.dkr.ecr.eu-west-1.amazonaws.com/shop/base:42', 'shop/base:42', 'shop/base:42'],
    ['a port', 'localhost:5000/base:42', 'base:42', 'base:42'],
    ['the digest', 'shop/base:42 (sha256:0123456789ab)', 'sha256:0123456789ab', 'shop/base:42'],
  ])('is an image without %s', (_, image, id, name) => {
    const traits = [{ 'image of app': shown(image) }, { 'image of app': shown('old:1') }] as const;
    expect(artefactsOf({ revision, traits, tags: {} })).toEqual([{ by: 'image', id, name }]);
  });

  it('is an image pinned by its digest, or without a tag, and no other trait', () => {
    const of = (trait: Record<string, { shown: string }>) =>
      artefactsOf({ revision, traits: [trait, {}], tags: {} });
    const pinned = { by: 'image', id: 'sha256:0123456789ab', name: 'base@sha256:0123456789abcdef' };
    expect(of({ image: shown('base@sha256:0123456789abcdef') })).toEqual([pinned]);
    expect(of({ image: shown('base') })).toEqual([{ by: 'image', id: 'base', name: 'base' }]);
    expect(of({ cpu: shown('256'), commit: shown(' ') })).toEqual([]);
  });

  it('is no sidecar that stayed the same, and nothing hidden', () => {
    const traits = [
      { 'image of proxy': shown('proxy:1'), 'image of app': { hidden: 'secret' } },
      { 'image of proxy': shown('proxy:1'), 'image of app': { hidden: 'other' } },
    ] as const;
    expect(artefactsOf({ revision, traits, tags: {} })).toEqual([]);
  });

  it('is the commit of a tag, of a trait and of an image', () => {
    const commit = (value: string) => ({ by: 'commit', id: value.slice(0, 12), name: value });
    expect(artefactsOf({ revision, tags: { 'git-commit': 'ABCDEF0123456789', team: 'shop' } })).toEqual([
      { by: 'commit', id: 'abcdef012345', name: 'ABCDEF0123456789' },
    ]);
    const of = (trait: Record<string, { shown: string }>) =>
      artefactsOf({ revision, traits: [trait, {}], tags: {} });
    expect(of({ commit: shown('3f2a9c1') })).toEqual([commit('3f2a9c1')]);
    expect(of({ image: shown('checkout:3f2a9c1') })).toContainEqual(commit('3f2a9c1'));
    expect(of({ image: shown('checkout:20261122') })).toHaveLength(1);
  });

  it('is the launch template of a group', () => {
    const [one] = artefactsOf({ revision: { id: 'lt-0a1b2c3d/7', name: 'web:7' }, tags: {} });
    expect(one).toEqual({ by: 'launch-template', id: 'lt-0a1b2c3d/7', name: 'web:7' });
  });

  it('is the same thing once, and a few things at most', () => {
    const images = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`image of c${index}`, shown(`image-${index % 12}:1`)]),
    );
    const found = artefactsOf({ revision, traits: [images, {}], tags: {} });
    expect(new Set(found.map(keyOf)).size).toBe(found.length);
    expect(found.length).toBe(8);
  });
});

const image = (name: string, id = name): Artefact => ({ by: 'image', id, name });
const commit = (name: string): Artefact => ({ by: 'commit', id: name, name });

describe('what several deployments share', () => {
  it('is the largest group', () => {
    const all = [image('a'), image('b'), image('b')].map((one) => ({ deploys: [one] }));
    expect(sharedAmong(all)).toEqual({ by: 'image', name: 'b', targets: 2 });
  });

  it('is an image before the commit that it was built from', () => {
    const all = [1, 2].map(() => ({ deploys: [commit('abc1234'), image('base:1')] }));
    expect(sharedAmong(all)).toEqual({ by: 'image', name: 'base:1', targets: 2 });
  });

  it('is nothing where each has its own', () => {
    expect(sharedAmong([{ deploys: [image('a')] }, { deploys: [image('b')] }])).toBeNull();
    expect(sharedAmong([])).toBeNull();
  });

  const deploys = fc.record({
    deploys: fc.array(
      fc.record({
        by: fc.constantFrom('image' as const, 'commit' as const, 'launch-template' as const),
        id: fc.constantFrom('1', '2', '3'),
        name: fc.constantFrom('a', 'b', 'c'),
      }),
      { maxLength: 4 },
    ),
  });

  it('is the same in any order, and is had by as many as it says', () => {
    fc.assert(
      fc.property(fc.array(deploys, { maxLength: 12 }), (all) => {
        const found = sharedAmong(all);
        expect(sharedAmong(all.toReversed())).toEqual(found);
        const counts = new Map<string, number>();
        for (const one of all)
          for (const key of new Set(one.deploys.map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
        const most = Math.max(0, ...counts.values());
        expect(found?.targets ?? 0).toBe(most >= 2 ? most : 0);
      }),
    );
  });
});
