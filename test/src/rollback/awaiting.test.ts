import { expect, test } from 'vitest';
import { awaiting } from '../../../src/rollback/awaiting.ts';

test('only a pending poll waits for an event of AWS', () => {
  const pending = { state: 'pending', summary: '1 of 2' } as const;
  const settled = { state: 'settled', summary: '2 of 2' } as const;
  expect(awaiting('ecs:prod/checkout', pending)).toEqual({ ...pending, awaits: 'ecs:prod/checkout' });
  expect(awaiting('ecs:prod/checkout', settled)).toBe(settled);
});
