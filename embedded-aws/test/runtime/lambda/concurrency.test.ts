import { expect, test } from 'vitest';
import { AsyncInvocations } from '../../../runtime/lambda/async.ts';
import { admit } from '../../../runtime/lambda/concurrency.ts';
import { Random } from '../../../world/random.ts';
import { lambdaFrom, lambdaOf, settled } from './fixture.ts';

const ANSWERS = 'export const handler = async (event) => event;';
const refused = { code: 'TooManyRequestsException' };

test('a function runs as many executions at once as are reserved for it, and others run beside it', async () => {
  const door = lambdaFrom(ANSWERS, { name: 'door', reservedConcurrency: 2 });
  const guard = lambdaFrom(ANSWERS, { name: 'guard' });
  const { lambda, clock } = lambdaOf([door, guard]);
  const asked = [1, 2, 3].map((event) => lambda.run(door, event));
  const [first, second, third] = await Promise.allSettled(asked);
  expect([first?.status, second?.status]).toEqual(['fulfilled', 'fulfilled']);
  expect(third).toMatchObject({ status: 'rejected', reason: refused });
  expect((await lambda.run(guard, 4)).answer).toMatchObject({ state: 'answered' });
  await clock.run(() => false, Date.parse('2026-03-01T12:01:00.000Z'));
  expect((await lambda.run(door, 5)).answer).toMatchObject({ state: 'answered' });
  await lambda.close();
});

test('an event for a function that is busy waits in the queue', async () => {
  const door = lambdaFrom(ANSWERS, { name: 'door', reservedConcurrency: 1 });
  const { lambda, clock } = lambdaOf([door]);
  const queue = new AsyncInvocations(lambda, clock, new Random(1, 'queue'), ({ error }) => {
    throw new Error(error.errorMessage);
  });
  for (const event of [1, 2, 3]) queue.take(door, event);
  await settled(clock, new Promise<void>((resolve) => void clock.after(60_000, resolve)));
  expect(lambda.invocations).toHaveLength(3);
  await lambda.close();
});

test('functions without a reservation share those of the account', () => {
  const reserving = lambdaFrom(ANSWERS, { name: 'reserving', reservedConcurrency: 900 });
  const one = lambdaFrom(ANSWERS, { name: 'one' });
  const other = lambdaFrom(ANSWERS, { name: 'other' });
  const functions = [reserving, one, other];
  const busy = (each: { name: string }) => (each.name === 'reserving' ? 900 : 50);
  expect(() => admit(one, functions, busy)).toThrow('Rate Exceeded');
  expect(() => admit(one, functions, ({ name }) => (name === 'one' ? 49 : busy({ name })))).not.toThrow();
  expect(() => admit(reserving, functions, () => 899)).not.toThrow();
});

test('AWS keeps 100 executions of an account unreserved', () => {
  const reserving = (count: number) => lambdaOf([lambdaFrom(ANSWERS, { reservedConcurrency: count })]);
  expect(() => reserving(900)).not.toThrow();
  expect(() => reserving(901)).toThrow(/below its minimum value of \[100\]/);
});
