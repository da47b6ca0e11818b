import { expect, onTestFinished, test } from 'vitest';
import { Random } from '../../../world/random.ts';
import { AsyncInvocations, type Failure } from '../../../runtime/lambda/async.ts';
import { lambdaFrom, lambdaOf } from './fixture.ts';

/** Takes an event while Lambda refuses to run any function for so long. */
async function taken(refusedSeconds: number, maxAgeSeconds: number) {
  const work = lambdaFrom(`export const handler = async () => 1;`, {
    async: { retries: 2, maxAgeSeconds },
  });
  const { lambda, clock } = lambdaOf([work]);
  onTestFinished(() => lambda.close());
  const failures: Failure[] = [];
  const events = new AsyncInvocations(lambda, clock, new Random(1), (failure) => failures.push(failure));
  lambda.refuse(refusedSeconds);
  events.take(work, {});
  await clock.run(() => lambda.invocations.length + failures.length > 0, clock.now() + 7 * 3_600_000);
  return { ran: lambda.invocations.length, failures };
}

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
test('an event waits in the queue while Lambda refuses, up to its largest age', async () => {
  expect(await taken(600, 3600)).toEqual({ ran: 1, failures: [] });
});

test('an event that becomes too old in the queue has failed without an attempt', async () => {
  const { ran, failures } = await taken(600, 60);
  expect(ran).toBe(0);
  expect(failures).toMatchObject([
    { condition: 'EventAgeExceeded', attempts: 0, error: { errorType: 'TooManyRequestsException' } },
  ]);
});
