import { expect, it } from 'vitest';
import type { Request } from '../../../src/rollback/request.ts';
import { isUnhurried } from '../../../src/rollback/unhurried.ts';

const at = '2026-11-22T03:00:00.000Z';
const byAlarm: Request = {
  target: 'lambda:checkout/live',
  reason: 'red',
  trigger: { type: 'alarm', id: 'a', at, alarm: 'red' },
};
const byPerson: Request = { target: 'lambda:checkout/live', reason: 'slow' };

it.each([
  ['the first look under auto is not', false, { request: byAlarm, since: at }, 'auto'],
  ['another look is', true, { request: byAlarm, since: at, verdict: {} }, 'auto'],
  ['a person is', true, { request: byPerson, since: at }, 'auto'],
  ['a question before each write is', true, { request: byAlarm, since: at }, 'approve'],
  ['a target that is only observed is', true, { request: byAlarm, since: at }, 'observe'],
])('%s', (_, is, rollback, lastgood) => {
  expect(isUnhurried(rollback, { lastgood })).toBe(is);
});
