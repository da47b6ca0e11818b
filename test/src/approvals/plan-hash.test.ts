import { expect, test } from 'vitest';
import { planHash } from '../../../src/approvals/plan-hash.ts';

const of = (from: string, to: string, ...rungs: string[]) =>
  planHash({ from: { id: from }, to: { id: to }, rungs: rungs.map((name) => ({ name })) });
const GREEN = 'green/1=1 since 2026-11-22T03:04:00.000Z';
const BLUE = 'blue/1=1 since 2026-11-22T01:00:00.000Z';

test('is the same for the same weights, before and after the sweep recorded them', () => {
  expect(of(GREEN, BLUE, 'weights')).toBe(of('green/1=1 since 2026-11-22T03:04:41.000Z', BLUE, 'weights'));
});

test('differs for other revisions and other rungs', () => {
  const hashes = [
    of(GREEN, BLUE, 'weights'),
    of(BLUE, GREEN, 'weights'),
    of('blue/1=9 green/1=1 since 2026-11-22T03:04:00.000Z', BLUE, 'weights'),
    of(GREEN, BLUE, 'other'),
    of('arn:aws:ecs:eu-west-1:1:service-revision/prod/checkout/42', BLUE, 'weights'),
    of('arn:aws:ecs:eu-west-1:1:service-revision/prod/checkout/43', BLUE, 'weights'),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
});
