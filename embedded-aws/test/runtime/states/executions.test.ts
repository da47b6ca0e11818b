import { describe, expect, test } from 'vitest';
import type { Execution } from '../../../runtime/states/execution.ts';
import { MACHINE } from '../stage.ts';
import { deployed, ended, milliseconds, passed, start, task, type Json, WORK } from './one-machine.ts';

test('a task gets its parameters, and its payload is the result', async () => {
  const staged = await deployed(
    { Work: task({ End: true }) },
    `export const handler = async (event) => ({ ...event, seen: true });`,
  );
  const execution = await ended(staged, { a: 1 });
  expect(execution).toMatchObject({ status: 'SUCCEEDED', output: { a: 1, seen: true } });
  expect(passed(execution)).toEqual(['Work']);
});

// https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
describe('errors', () => {
  const THROWS = `export const handler = async () => { throw Object.assign(new Error('no'), { name: 'Unsupported' }); };`;

  test("an error of the function is caught by its name, with Lambda's answer as the cause", async () => {
    const caught = { Catch: [{ ErrorEquals: ['Unsupported'], ResultPath: '$.error', Next: 'Done' }] };
    const execution = await ended(
      await deployed({ Work: task({ Next: 'Done' }, caught), Done: { Type: 'Succeed' } }, THROWS),
      { kept: 1 },
    );
    expect(passed(execution)).toEqual(['Work', 'Done']);
    const { kept, error } = execution.output as { kept: number; error: { Error: string; Cause: string } };
    expect([kept, error.Error]).toEqual([1, 'Unsupported']);
    expect(JSON.parse(error.Cause)).toMatchObject({ errorType: 'Unsupported', errorMessage: 'no' });
  });

  test('an uncaught error ends the execution with its name', async () => {
    const execution = await ended(await deployed({ Work: task({ End: true }) }, THROWS));
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Unsupported' });
  });

  test('retries wait on the virtual clock and then go on', async () => {
    const retry = {
      Retry: [{ ErrorEquals: ['Throttled'], IntervalSeconds: 30, MaxAttempts: 2, BackoffRate: 2 }],
    };
    const source = `let calls = 0; export const handler = async () => { if (++calls < 3) throw Object.assign(new Error(''), { name: 'Throttled' }); return calls; };`;
    const execution = await ended(await deployed({ Work: task({ End: true }, retry) }, source));
    expect(execution).toMatchObject({ status: 'SUCCEEDED', output: 3 });
    expect(passed(execution)).toEqual(['Work']);
    expect(milliseconds(execution.startedAt, execution.stoppedAt)).toBeGreaterThan(90_000);
    expect(milliseconds(execution.startedAt, execution.stoppedAt)).toBeLessThan(92_000);
  });

  test('a Fail state ends with its error, and its cause from the path', async () => {
    const states = { Bad: { Type: 'Fail', Error: 'FailedClean', CausePath: '$.outcome.reason' } };
    const execution = await ended(await deployed(states, ''), { outcome: { reason: 'nothing to do' } });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'FailedClean', cause: 'nothing to do' });
  });

  test('a function that the role may not invoke is not invoked', async () => {
    const staged = await deployed({ Work: task({ End: true }) }, `export const handler = async () => 1;`, []);
    const execution = await ended(staged);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Lambda.AWSLambdaException' });
    expect(execution.cause).toMatch(/not authorized to perform: lambda:InvokeFunction/);
    expect(staged.runtime.invocations).toEqual([]);
  });

  test('a catch without a path, or with the path $, replaces the input', async () => {
    for (const path of [{}, { ResultPath: '$' }]) {
      const caught = { Catch: [{ ErrorEquals: ['States.ALL'], ...path, Next: 'Done' }] };
      const states = { Work: task({ Next: 'Done' }, caught), Done: { Type: 'Succeed' } };
      const execution = await ended(await deployed(states, THROWS), { kept: 1 });
      expect(execution.output).toMatchObject({ Error: 'Unsupported' });
      expect(execution.output).not.toHaveProperty('kept');
    }
  });

  test('a refusal of Lambda has its name, and retries outlast it', async () => {
    const retry = {
      Retry: [{ ErrorEquals: ['Lambda.TooManyRequestsException'], IntervalSeconds: 20, MaxAttempts: 4 }],
    };
    const staged = await deployed(
      { Work: task({ End: true }, retry) },
      `export const handler = async () => 1;`,
    );
    staged.runtime.lambda.refuse(100);
    expect(await ended(staged)).toMatchObject({ status: 'SUCCEEDED', output: 1 });
    expect(staged.runtime.invocations).toHaveLength(1);
  });
});

describe('time', () => {
  test('waits take the seconds of their path', async () => {
    const states = { Look: { Type: 'Wait', SecondsPath: '$.wait', Next: 'Done' }, Done: { Type: 'Succeed' } };
    const execution = await ended(await deployed(states, ''), { wait: 600 });
    const [look, done] = execution.states;
    expect(milliseconds(look?.at, done?.at)).toBeGreaterThan(600_000);
    expect(milliseconds(look?.at, done?.at)).toBeLessThan(601_000);
  });

  test('a wait until a timestamp ends at its whole second', async () => {
    const states = { Turn: { Type: 'Wait', TimestampPath: '$.at', Next: 'Done' }, Done: { Type: 'Succeed' } };
    const staged = await deployed(states, '');
    const second = Math.ceil(staged.world.clock.now() / 1000) * 1000 + 60_000;
    const execution = await ended(staged, { at: new Date(second + 900).toISOString() });
    const [, done] = execution.states;
    expect(Date.parse(done?.at ?? '')).toBeGreaterThan(second);
    expect(Date.parse(done?.at ?? '')).toBeLessThan(second + 600);
  });

  test('each state is entered a transition after the one before', async () => {
    const states = {
      A: { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'B' }], Default: 'B' },
      B: { Type: 'Succeed' },
    };
    const execution = await ended(await deployed(states, ''));
    expect(milliseconds(execution.states[0]?.at, execution.states[1]?.at)).toBeGreaterThan(50);
    expect(milliseconds(execution.states[0]?.at, execution.states[1]?.at)).toBeLessThan(600);
  });

  test('branches run beside each other', async () => {
    const branch = (name: string, state: Json): Json => ({ StartAt: name, States: { [name]: state } });
    const states = {
      Both: {
        Type: 'Parallel',
        Branches: [
          branch('Work', task({ End: true })),
          branch('Wait', { Type: 'Wait', Seconds: 15, End: true }),
        ],
        ResultPath: '$.both',
        End: true,
      },
    };
    const execution = await ended(await deployed(states, `export const handler = async () => 'found';`));
    expect(passed(execution)).toEqual(['Both', 'Work', 'Wait']);
    expect(execution.output).toEqual({ both: ['found', {}] });
    expect(milliseconds(execution.startedAt, execution.stoppedAt)).toBeLessThan(17_000);
  });

  test('the same seed gives the same execution, another seed another', async () => {
    const states = {
      Work: task({ Next: 'Pause' }),
      Pause: { Type: 'Wait', Seconds: 5, Next: 'Again' },
      Again: task({ End: true }),
    };
    const run = async (seed: number): Promise<Execution> =>
      ended(await deployed(states, `export const handler = async (event) => event;`, [WORK], seed), { a: 1 });
    const [first, again, other] = [await run(7), await run(7), await run(8)];
    expect(again).toEqual(first);
    expect(other.stoppedAt).not.toBe(first.stoppedAt);
  });
});

// https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
describe('starting', () => {
  const states = { Pause: { Type: 'Wait', Seconds: 60, End: true } };

  test('the same name and input while it runs is the same execution', async () => {
    const staged = await deployed(states, '');
    expect(start(staged, { a: 1 })).toEqual(start(staged, { a: 1 }));
    expect(staged.runtime.executions()).toHaveLength(1);
  });

  test('another input, or an execution that has ended, is refused', async () => {
    const staged = await deployed(states, '');
    start(staged, { a: 1 });
    expect(() => start(staged, { a: 2 })).toThrow('Execution Already Exists');
    await staged.seconds(70);
    expect(() => start(staged, { a: 1 })).toThrow('Execution Already Exists');
  });

  test('an input of more than 262,144 bytes is refused', async () => {
    const staged = await deployed({ Done: { Type: 'Succeed' } }, '');
    expect(() => start(staged, 'ä'.repeat(131_071))).not.toThrow();
    expect(() => start(staged, 'ä'.repeat(131_072), 'two')).toThrow('less than or equal to 262144');
  });

  test.each(['', 'a b', 'a/b', 'a*', 'x'.repeat(81)])('the name %j is refused', async (name) => {
    const staged = await deployed(states, '');
    expect(() => start(staged, {}, name)).toThrow('Invalid Name');
  });
});

// https://docs.aws.amazon.com/step-functions/latest/dg/cw-events.html
test('changes of status are put on the default bus, and a stopped execution enters no further state', async () => {
  const staged = await deployed(
    { Pause: { Type: 'Wait', Seconds: 60, Next: 'Work' }, Work: task({ End: true }) },
    `export const handler = async () => 1;`,
  );
  const { executionArn } = start(staged, { a: 1 });
  await staged.seconds(10);
  staged.runtime.states.operations['StopExecution']!.run(
    { executionArn, error: 'Person', cause: 'stop' } as never,
    { role: 'operator' },
  );
  await staged.seconds(120);
  const [execution] = staged.runtime.executions();
  expect(execution).toMatchObject({ status: 'ABORTED', error: 'Person', cause: 'stop' });
  expect(passed(execution!)).toEqual(['Pause']);
  expect(staged.runtime.invocations).toEqual([]);
  const events = staged.runtime.bus.published.map(({ event }) => event);
  expect(events.map(({ detail }) => detail['status'])).toEqual(['RUNNING', 'ABORTED']);
  expect(events[1]).toMatchObject({
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    resources: [executionArn],
    detail: {
      executionArn,
      stateMachineArn: MACHINE,
      name: 'one',
      input: '{"a":1}',
      output: null,
      error: 'Person',
    },
  });
});

test('an execution stopped between two attempts makes no further one', async () => {
  const retry = { Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60, MaxAttempts: 5 }] };
  const staged = await deployed(
    { Work: task({ End: true }, retry) },
    `export const handler = async () => { throw new Error('no'); };`,
  );
  const { executionArn } = start(staged);
  await staged.until(() => staged.runtime.invocations.length === 1);
  await staged.seconds(5);
  staged.runtime.states.operations['StopExecution']!.run({ executionArn } as never, { role: 'operator' });
  await staged.seconds(3600);
  expect(staged.runtime.invocations).toHaveLength(1);
});

// https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception
test('a task whose answer is lost is retried, although its function has run', async () => {
  const retry = [{ ErrorEquals: ['Lambda.SdkClientException'], IntervalSeconds: 1, MaxAttempts: 2 }];
  const staged = await deployed(
    { Work: task({ End: true }, { Retry: retry }) },
    `export const handler = async () => 'done';`,
  );
  const end = staged.runtime.states.miss(() => staged.runtime.invocations.length === 1);
  expect(await ended(staged)).toMatchObject({ status: 'SUCCEEDED', output: 'done' });
  expect(staged.runtime.invocations.map(({ error }) => error)).toEqual([undefined, undefined]);
  end();
});
