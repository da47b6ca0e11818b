import { expect, test } from 'vitest';
import { descriptionOf, isOurs } from '../../../../src/aws/code-deploy/description.ts';
import { executionName } from '../../../../src/lambda/start.ts';

const trigger = {
  type: 'rehearsal',
  id: 'cli:1',
  at: '2026-11-22T03:00:00.000Z',
  by: 'ada',
  way: 'back',
} as const;
const named = (rehearsed: boolean) =>
  executionName({ target: 'ecs:prod/checkout', reason: 'x', ...(rehearsed && { trigger }) });

test('a deployment of a rehearsal differs from a way back by its name', () => {
  expect(named(true)).toMatch(/^rehearsal-ecs-prod-checkout-[0-9a-f]{32}$/);
  expect(named(true).length).toBeLessThanOrEqual(80);
  const isWayBack = (name: string) =>
    isOurs({ description: descriptionOf(`arn:aws:states:x:y:execution:z:${name}`) });
  expect([isWayBack(named(false)), isWayBack(named(true))]).toEqual([true, false]);
  expect(isOurs({ description: 'Lastgood goes back: x' })).toBe(true);
});
