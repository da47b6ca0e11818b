import { expect, test } from 'vitest';
import { AsyncInvocations } from '../../../runtime/lambda/async.ts';
import type { Outside } from '../../../runtime/lambda/in-process.ts';
import { Lambda } from '../../../runtime/lambda/lambda.ts';
import { Clock } from '../../../world/clock.ts';
import { Random } from '../../../world/random.ts';
import { START, lambdaFrom, settled } from './fixture.ts';

interface Given {
  readonly tables: { send(command: object): Promise<object> };
  readonly now: () => string;
}

/** A function in process that makes three calls, each of which takes so long, and catches what they throw. */
function threeCalls(latencyMs = 100) {
  const clock = new Clock(START);
  const work = lambdaFrom('', { timeoutSeconds: 3 });
  const calls: number[] = [];
  const left: number[] = [];
  const send = ({ role }: { role: string }, { call }: { call: number }): Promise<object> => {
    calls.push(call);
    lambda.timing.end(role, latencyMs);
    return Promise.resolve({});
  };
  const handler =
    ({ tables, now }: Given) =>
    async (_event: unknown, context: { getRemainingTimeInMillis(): number }) => {
      left.push(context.getRemainingTimeInMillis());
      const began = now();
      for (const call of [1, 2, 3]) await tables.send({ call }).catch(() => undefined);
      return began;
    };
  const outside = { bindings: () => Promise.resolve(handler), direct: { send }, fetch } as unknown as Outside;
  const lambda: Lambda = new Lambda({
    functions: [work],
    clock,
    random: (name) => new Random(1, name),
    endpoint: () => '',
    credentials: () => ({ accessKeyId: '', secretAccessKey: '' }),
    root: '/',
    inProcess: () => outside,
  });
  return { lambda, clock, calls, left, invoke: () => settled(clock, lambda.invoke(work, {})), work };
}

const KILLED = { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited with error: signal: killed' };

test.each([0, 1, 2, 3])('a function that is killed after %d calls makes no other', async (after) => {
  const { lambda, calls, invoke } = threeCalls();
  const end = lambda.troubles.strike((name, answered) =>
    name === 'checkout' && answered === after ? KILLED : null,
  );
  expect(await invoke()).toEqual({ state: 'failed', error: KILLED });
  expect(calls).toHaveLength(after);
  end();
  expect(await invoke()).toMatchObject({ state: 'answered' });
  expect(lambda.invocations.map(({ cold }) => cold)).toEqual([true, true]);
});

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
test('a function whose time is over makes no other call', async () => {
  const { calls, invoke } = threeCalls(2_000);
  expect(await invoke()).toMatchObject({ state: 'failed', error: { errorType: 'Sandbox.Timedout' } });
  expect(calls).toEqual([1, 2]);
});

test('the clock inside a function may be wrong', async () => {
  const { lambda, clock, invoke } = threeCalls();
  const end = lambda.troubles.skew(() => -30_000);
  const answer = await invoke();
  const began = Date.parse(JSON.parse(answer.state === 'answered' ? answer.payload : '') as string);
  expect(began).toBeLessThan(Date.parse(START));
  expect(clock.now()).toBeGreaterThan(Date.parse(START));
  end();
  expect(lambda.troubles.skewMs('checkout')).toBe(0);
});

test('a wrong clock inside a function changes nothing of the time that is left to it', async () => {
  const { lambda, invoke, left } = threeCalls();
  lambda.troubles.skew(() => 30_000);
  await invoke();
  expect(left).toEqual([3_000]);
});

test('after an update of the code, no environment of before gets an invocation', async () => {
  const { lambda, invoke } = threeCalls();
  await invoke();
  await invoke();
  lambda.replace();
  await invoke();
  expect(lambda.invocations.map(({ cold }) => cold)).toEqual([true, false, true]);
});

test('an event may run twice', async () => {
  const { lambda, clock, work } = threeCalls();
  const events = new AsyncInvocations(lambda, clock, new Random(1), () => undefined);
  const end = events.duplicate((name) => name === 'checkout');
  events.take(work, {});
  await clock.run(() => false, clock.now() + 60_000);
  expect(lambda.invocations).toHaveLength(2);
  end();
  events.take(work, {});
  await clock.run(() => false, clock.now() + 60_000);
  expect(lambda.invocations).toHaveLength(3);
});
