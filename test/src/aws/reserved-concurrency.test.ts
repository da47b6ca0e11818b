import { expect, test } from 'vitest';
import { createReadReserved, withReserved } from '../../../src/aws/reserved-concurrency.ts';
import { BY_ALARM, BY_HAND, joinOf, planOf, without } from '../rollback/judge-facts.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:checkout';

test.each([
  [{}, null],
  [{ ReservedConcurrentExecutions: 0 }, 0],
  [{ ReservedConcurrentExecutions: 50 }, 50],
])('reads %j as %j', async (answer, reserved) => {
  const client = { send: () => Promise.resolve(answer) } as never;
  expect(await createReadReserved(client)(FUNCTION)).toBe(reserved);
});

test.each(['checkout', FUNCTION])('says of a plan that %s is to run nothing', async (name) => {
  const plan = await withReserved(planOf(), { request: BY_ALARM }, name, () => Promise.resolve(0));
  expect(plan).toEqual({ ...planOf(), wantsNone: 'The reserved concurrency of checkout is 0' });
});

test.each([null, 1])('leaves a plan as it is with %j', async (reserved) => {
  const plan = planOf();
  expect(await withReserved(plan, { request: BY_ALARM }, FUNCTION, () => Promise.resolve(reserved))).toBe(
    plan,
  );
});

test.each([
  ['a person asked', planOf(), BY_HAND],
  ['AWS goes back already', joinOf({}), BY_ALARM],
  ['there is nothing to go back from', without('nothing-to-do', 'So it is.'), BY_ALARM],
])('reads nothing where %s', async (_, plan, request) => {
  const none = () => Promise.reject(new Error('read'));
  expect(await withReserved(plan, { request }, FUNCTION, none)).toBe(plan);
});
