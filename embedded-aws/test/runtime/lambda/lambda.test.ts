import { expect, onTestFinished, test } from 'vitest';
import type { LambdaFunction } from '../../../runtime/stack/stack.ts';
import { START, lambdaFrom, lambdaOf, settled } from './fixture.ts';

function running(...functions: LambdaFunction[]) {
  const started = lambdaOf(functions);
  onTestFinished(() => started.lambda.close());
  return started;
}

test('a handler gets its event and its context, and its answer is JSON', async () => {
  const echo = lambdaFrom(
    `export const handler = async (event, context) => ({ event, name: context.functionName, arn: context.invokedFunctionArn });`,
  );
  const { lambda, clock } = running(echo);
  const answer = await settled(clock, lambda.invoke(echo, { a: 1 }));
  expect(answer).toEqual({
    state: 'answered',
    payload: JSON.stringify({ event: { a: 1 }, name: 'checkout', arn: echo.arn }),
  });
});

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
test('a function sees its own variables and what Lambda sets, and nothing of ours', async () => {
  const list = lambdaFrom(`export const handler = async () => ({ ...process.env });`, {
    environment: { LEDGER: 'ledger' },
  });
  const { lambda, clock } = running(list);
  const answer = await settled(clock, lambda.invoke(list, {}));
  const seen = JSON.parse(answer.state === 'answered' ? answer.payload : '') as Record<string, string>;
  expect(seen).toMatchObject({
    LEDGER: 'ledger',
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIAcheckout-role',
    AWS_LAMBDA_FUNCTION_NAME: 'checkout',
  });
  expect(seen).not.toHaveProperty('PATH');
});

// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
test('an error is answered by its name and message', async () => {
  const bad = lambdaFrom(
    `export const handler = async () => { throw Object.assign(new Error('too fast'), { name: 'Throttled' }); };`,
  );
  const { lambda, clock } = running(bad);
  const answer = await settled(clock, lambda.invoke(bad, {}));
  expect(answer).toMatchObject({
    state: 'failed',
    error: { errorType: 'Throttled', errorMessage: 'too fast' },
  });
  expect(lambda.invocations).toMatchObject([{ function: 'checkout', cold: true, error: 'Throttled' }]);
});

test('inside, the time is virtual and moves with the latencies of the calls', async () => {
  const dates = lambdaFrom(
    `export const handler = async () => [new Date().toISOString(), Date.now(), new Date(0).toISOString(), new Date() instanceof Date];`,
  );
  const { lambda, clock } = running(dates);
  const answer = await settled(clock, lambda.invoke(dates, {}));
  const [iso, ms, epoch, isDate] = JSON.parse(answer.state === 'answered' ? answer.payload : '') as [
    string,
    number,
    string,
    boolean,
  ];
  expect(Date.parse(iso)).toBe(ms);
  expect(ms).toBeGreaterThan(Date.parse(START) + 112);
  expect(ms).toBeLessThan(Date.parse(START) + 200);
  expect([epoch, isDate]).toEqual(['1970-01-01T00:00:00.000Z', true]);
});

test('a wait lets the time of the invocation pass, and no real time', async () => {
  const waits = lambdaFrom(
    `import { scheduler } from 'node:timers/promises';
    export const handler = async () => { const at = Date.now(); await scheduler.wait(60_000); return Date.now() - at; };`,
    { timeoutSeconds: 90 },
  );
  const { lambda, clock } = running(waits);
  expect(await settled(clock, lambda.invoke(waits, {}))).toEqual({ state: 'answered', payload: '60000' });
  expect(clock.now()).toBeGreaterThanOrEqual(Date.parse(START) + 60_000);
});

test('the answer is there after the cold start, and the next one is warm', async () => {
  const quick = lambdaFrom(`let calls = 0; export const handler = async () => ++calls;`);
  const { lambda, clock } = running(quick);
  await settled(clock, lambda.invoke(quick, {}));
  const first = clock.now() - Date.parse(START);
  const second = await settled(clock, lambda.invoke(quick, {}));
  expect(first).toBeGreaterThan(112);
  expect(second).toEqual({ state: 'answered', payload: '2' });
  expect(lambda.invocations.map(({ cold }) => cold)).toEqual([true, false]);
});

test('two invocations at one instant need two environments', async () => {
  const quick = lambdaFrom(`let calls = 0; export const handler = async () => ++calls;`);
  const { lambda, clock } = running(quick);
  const both = Promise.all([lambda.invoke(quick, {}), lambda.invoke(quick, {})]);
  const answers = await settled(clock, both);
  expect(answers.map((answer) => (answer.state === 'answered' ? answer.payload : ''))).toEqual(['1', '1']);
  expect(lambda.invocations.map(({ cold }) => cold)).toEqual([true, true]);
});

test('an environment that is called every five minutes stays warm, for four hours', async () => {
  const quick = lambdaFrom(`export const handler = async () => 1;`);
  const { lambda, clock } = running(quick);
  for (let call = 0; call < 60; call++) {
    await settled(clock, lambda.invoke(quick, {}));
    await clock.run(() => false, clock.now() + 5 * 60_000);
  }
  const cold = lambda.invocations.flatMap((one, index) => (one.cold ? [index] : []));
  expect(cold).toEqual([0, 48]);
});

test('an environment is not kept for ever', async () => {
  const quick = lambdaFrom(`export const handler = async () => 1;`);
  const { lambda, clock } = running(quick);
  await settled(clock, lambda.invoke(quick, {}));
  await clock.run(() => false, clock.now() + 11 * 60_000);
  await settled(clock, lambda.invoke(quick, {}));
  expect(lambda.invocations.map(({ cold }) => cold)).toEqual([true, true]);
});

// https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html
test('a function that hangs is ended after its timeout, and its environment is not used again', async () => {
  const hangs = lambdaFrom(
    `let calls = 0; export const handler = async () => { if (++calls === 1) for (;;); return calls; };`,
    { timeoutSeconds: 0.2 },
  );
  const { lambda, clock } = running(hangs);
  const answer = await settled(clock, lambda.invoke(hangs, {}));
  expect(answer).toMatchObject({
    state: 'failed',
    error: { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 0.20 seconds' },
  });
  await settled(clock, lambda.invoke(hangs, {}));
  expect(lambda.invocations.map(({ cold }) => cold)).toEqual([true, true]);
});

test('calls that take longer than the timeout end in a timeout at that instant', async () => {
  const calls = lambdaFrom(
    `export const handler = async () => new Promise((resolve) => setTimeout(resolve, 20));`,
  );
  const { lambda, clock } = running(calls);
  const invoked = lambda.invoke(calls, {});
  setTimeout(() => lambda.timing.end('checkout-role', 3_500), 5);
  expect(await settled(clock, invoked)).toMatchObject({
    state: 'failed',
    error: { errorType: 'Sandbox.Timedout' },
  });
});

test.each([
  ['exits', `export const handler = async () => process.exit(3);`, 'Runtime.ExitError'],
  ['never answers', `export const handler = () => new Promise(() => {});`, 'Runtime.ExitError'],
  ['cannot be loaded', `throw new TypeError('no');`, 'TypeError'],
  ['exports no handler', `export const other = 1;`, 'Runtime.HandlerNotFound'],
  [
    'throws outside its promise',
    `export const handler = () => new Promise(() => setImmediate(() => { throw new RangeError('x'); }));`,
    'RangeError',
  ],
])('a function that %s is reported as %s', async (_, source, errorType) => {
  const bad = lambdaFrom(source);
  const { lambda, clock } = running(bad);
  expect(await settled(clock, lambda.invoke(bad, {}))).toMatchObject({
    state: 'failed',
    error: { errorType },
  });
});

test('what a function writes is kept, in order, with its time', async () => {
  const talks = lambdaFrom(
    `export const handler = async () => { console.log('one'); console.error('two'); };`,
  );
  const { lambda, clock } = running(talks);
  await settled(clock, lambda.invoke(talks, {}));
  expect(lambda.logs.map(({ function: name, text }) => [name, text])).toEqual([
    ['checkout', 'one'],
    ['checkout', 'two'],
  ]);
});

test('the same seed gives the same durations', async () => {
  const quick = lambdaFrom(`export const handler = async () => 1;`);
  const run = async () => {
    const { lambda, clock } = running(quick);
    await settled(clock, Promise.all([lambda.invoke(quick, {}), lambda.invoke(quick, {})]));
    return lambda.invocations;
  };
  expect(await run()).toEqual(await run());
});

test('what a container leaves in its thread is not met by the next one', async () => {
  const leaves = lambdaFrom(`
    let calls = 0;
    export const handler = async () => {
      const met = { calls: calls++, variable: process.env.LEFT ?? null, global: globalThis.left ?? null };
      process.env.LEFT = globalThis.left = 'left';
      return met;
    };`);
  const run = async () => {
    const { lambda, clock } = running(leaves);
    const answer = await settled(clock, lambda.invoke(leaves, {}));
    await lambda.close();
    return JSON.parse(answer.state === 'answered' ? answer.payload : '') as unknown;
  };
  const nothing = { calls: 0, variable: null, global: null };
  expect([await run(), await run()]).toEqual([nothing, nothing]);
});

test('a thread in which a function goes on, or left what cannot be taken away, is no container again', async () => {
  const threadId = `import { threadId } from 'node:worker_threads';`;
  const run = async (leave: string) => {
    const leaves = lambdaFrom(
      `${threadId} export const handler = async () => { ${leave}; return threadId; };`,
    );
    const { lambda, clock } = running(leaves);
    const answer = await settled(clock, lambda.invoke(leaves, {}));
    await lambda.close();
    return answer.state === 'answered' ? answer.payload : '';
  };
  const clean = await run('');
  expect(await run('')).toBe(clean);
  expect(await run('setInterval(() => undefined, 1_000)')).toBe(clean);
  const next = await run(`Object.defineProperty(globalThis, 'stays', { value: 1 })`);
  expect(next).not.toBe(clean);
  const another = await run('globalThis.Promise = class extends Promise {}');
  expect(another).not.toBe(next);
  expect(await run('')).not.toBe(another);
});

test('an environment that was too late is ended once, though its thread is the next one by then', async () => {
  const slow = lambdaFrom(
    `let calls = 0; export const handler = async () => new Promise((resolve) => setTimeout(resolve, 20, ++calls));`,
  );
  const first = running(slow);
  const invoked = first.lambda.invoke(slow, {});
  setTimeout(() => first.lambda.timing.end('checkout-role', 3_500), 5);
  expect(await settled(first.clock, invoked)).toMatchObject({ state: 'failed' });
  const second = running(slow);
  await settled(second.clock, second.lambda.invoke(slow, {}));
  await first.lambda.close();
  expect(await settled(second.clock, second.lambda.invoke(slow, {}))).toMatchObject({ payload: '2' });
});
