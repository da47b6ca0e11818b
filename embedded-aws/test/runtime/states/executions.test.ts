import { describe, expect, test } from 'vitest';
import type { Execution } from '../../../runtime/states/execution.ts';
import { MACHINE, deploy, lambda, machine, role, type Staged } from '../stage.ts';

type Json = Readonly<Record<string, unknown>>;

const WORK = {
  Effect: 'Allow',
  Action: 'lambda:InvokeFunction',
  Resource: { 'Fn::GetAtt': ['work', 'Arn'] },
};

/** Returns a task that invokes the function with the state's input. */
function task(next: Json, more: Json = {}): Json {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: '${Work}', 'Payload.$': '$' },
    OutputPath: '$.Payload',
    ...next,
    ...more,
  };
}

function deployed(states: Json, source: string, statements: Json[] = [WORK], seed = 1): Promise<Staged> {
  const resources = {
    work: lambda('work'),
    workRole: role('lambda.amazonaws.com'),
    machine: machine(states, Object.keys(states)[0]!),
    machineRole: role('states.amazonaws.com', ...statements),
  };
  return deploy(resources, { work: source }, { seed });
}

function start({ runtime }: Staged, input: unknown = {}, name = 'one'): { executionArn: string } {
  return runtime.states.operations['StartExecution']!.run(
    { stateMachineArn: MACHINE, name, input: JSON.stringify(input) } as never,
    { role: 'operator' },
  ) as { executionArn: string };
}

async function ended(staged: Staged, input: unknown = {}): Promise<Execution> {
  start(staged, input);
  await staged.until(() => staged.runtime.executions()[0]!.status !== 'RUNNING');
  return staged.runtime.executions()[0]!;
}

const passed = ({ states }: Execution): string[] => states.map(({ name }) => name);
const milliseconds = (from: string | undefined, to: string | undefined): number =>
  Date.parse(to ?? '') - Date.parse(from ?? '');

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

// Recorded on AWS: localstack/localstack, test_states_errors.snapshot.json and test_base_scenarios.snapshot.json.
describe('what no state may do', () => {
  const ANY = { Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Done' }] };
  const Done = { Type: 'Succeed' };
  const LARGE = `export const handler = async () => 'x'.repeat(262144);`;

  test.each(['States.ALL', 'States.DataLimitExceeded'])(
    'a result of a function above 256 KiB is caught by %s',
    async (name) => {
      const caught = { Catch: [{ ErrorEquals: [name], Next: 'Done' }] };
      const execution = await ended(await deployed({ Work: task({ Next: 'Done' }, caught), Done }, LARGE));
      expect(execution).toMatchObject({
        status: 'SUCCEEDED',
        output: {
          Error: 'States.DataLimitExceeded',
          Cause: `The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.`,
        },
      });
    },
  );

  const pass = (characters: number) => ({
    Big: { Type: 'Pass', Result: 'x'.repeat(characters), Next: 'Done' },
    Done,
  });

  test('a Pass state whose result is above 256 KiB fails the execution', async () => {
    const fits = await ended(await deployed(pass(262_142), ''));
    expect(fits.status).toBe('SUCCEEDED');
    const execution = await ended(await deployed(pass(262_143), ''));
    expect(execution).toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
      cause: `The state/task 'Big' returned a result with a size exceeding the maximum number of bytes service limit.`,
    });
  });

  test.each([
    [
      'the parameters of a task',
      {
        Work: task(
          { Next: 'Done' },
          { Parameters: { FunctionName: '${Work}', Payload: { 'a.$': '$', b: 'x'.repeat(500) } }, ...ANY },
        ),
        Done,
      },
    ],
    ['the output of a task', { Work: task({ Next: 'Done', OutputPath: '$', ResultPath: '$.r' }, ANY), Done }],
  ])('%s above 256 KiB are caught', async (_, states) => {
    const source = `export const handler = async () => 'x'.repeat(500);`;
    const execution = await ended(await deployed(states, source), { given: 'x'.repeat(261_900) });
    expect(execution.output).toHaveProperty('error.Error', 'States.DataLimitExceeded');
  });

  // aws/aws-cdk issue 24799
  test.each([{}, { ResultSelector: { kept: 1 }, ResultPath: '$.both' }])(
    'the outputs of branches above 256 KiB together are caught, whatever is kept of them: %j',
    async (kept) => {
      const branch = (name: string) => ({
        StartAt: name,
        States: { [name]: { Type: 'Pass', Result: 'x'.repeat(140_000), End: true } },
      });
      const Both = { Type: 'Parallel', Branches: [branch('A'), branch('B')], Next: 'Done', ...kept, ...ANY };
      const execution = await ended(await deployed({ Both, Done }, ''));
      expect(execution.output).toHaveProperty('error.Error', 'States.DataLimitExceeded');
    },
  );

  test('an error that does not fit beside the input fails the execution', async () => {
    const execution = await ended(await deployed({ Work: task({ Next: 'Done' }, ANY), Done }, LARGE), {
      given: 'x'.repeat(262_100),
    });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  test.each([
    ['a task', { Work: task({ Next: 'Done', OutputPath: '$.no.such' }, ANY), Done }],
    ['a wait', { Pause: { Type: 'Wait', SecondsPath: '$.no', Next: 'Done' }, Done }],
    ['a wait of half seconds', { Pause: { Type: 'Wait', SecondsPath: '$.half', Next: 'Done' }, Done }],
    [
      'a choice',
      { Which: { Type: 'Choice', Choices: [{ Variable: '$.no', StringEquals: 'a', Next: 'Done' }] }, Done },
    ],
  ])('a path of %s that leads nowhere fails the execution, whatever is caught', async (_, states) => {
    const execution = await ended(await deployed(states, `export const handler = async () => 1;`), {
      half: 1.5,
    });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  test('a choice may ask whether a path leads nowhere', async () => {
    const Choices = [{ Variable: '$.no.such', IsPresent: false, Next: 'Done' }];
    const execution = await ended(await deployed({ Which: { Type: 'Choice', Choices }, Done }, ''));
    expect(passed(execution)).toEqual(['Which', 'Done']);
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
describe('task tokens', () => {
  const ask = (timeout: Json): Json => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Parameters: { FunctionName: '${Work}', Payload: { 'token.$': '$$.Task.Token', 'input.$': '$' } },
    ResultPath: '$.approval',
    ...timeout,
    Catch: [{ ErrorEquals: ['States.Timeout'], ResultPath: '$.approval', Next: 'Unanswered' }],
    Next: 'Answered',
  });
  const states = {
    Ask: ask({ TimeoutSecondsPath: '$.countdown' }),
    Answered: { Type: 'Succeed' },
    Unanswered: { Type: 'Succeed' },
  };
  const source = `export const handler = async ({ token }) => { console.log(token); };`;
  const answer = (staged: Staged, token: string): unknown =>
    staged.runtime.states.operations['SendTaskSuccess']!.run(
      { taskToken: token, output: '{"answer":"approved"}' } as never,
      { role: 'operator' },
    );

  async function asked(): Promise<{ staged: Staged; token: string }> {
    const staged = await deployed(states, source);
    start(staged, { countdown: 120 });
    await staged.until(() => staged.runtime.lambda.logs.length > 0);
    return { staged, token: staged.runtime.lambda.logs[0]!.text };
  }

  test('the answer is the result', async () => {
    const { staged, token } = await asked();
    await staged.seconds(60);
    answer(staged, token);
    await staged.seconds(1);
    const [execution] = staged.runtime.executions();
    expect(passed(execution!)).toEqual(['Ask', 'Answered']);
    expect(execution?.output).toEqual({ countdown: 120, approval: { answer: 'approved' } });
  });

  test('without an answer the path times out, and a later answer is refused', async () => {
    const { staged, token } = await asked();
    await staged.seconds(125);
    const [execution] = staged.runtime.executions();
    expect(passed(execution!)).toEqual(['Ask', 'Unanswered']);
    // Recorded on AWS: localstack/localstack, test_task_service_lambda.snapshot.json.
    expect(execution?.output).toMatchObject({ approval: { Error: 'States.Timeout', Cause: '' } });
    const waited = milliseconds(execution?.states[0]?.at, execution?.states[1]?.at);
    expect(waited).toBeGreaterThan(120_000);
    expect(waited).toBeLessThan(121_000);
    expect(() => answer(staged, token)).toThrow('Task Timed Out');
  });

  test('every attempt has a token of its own', async () => {
    const retry = {
      ...ask({ TimeoutSeconds: 10 }),
      Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1, IntervalSeconds: 1 }],
    };
    const staged = await deployed({ ...states, Ask: retry }, source);
    start(staged);
    await staged.seconds(30);
    const tokens = staged.runtime.lambda.logs.map(({ text }) => text);
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(2);
  });

  test('an answer of more than 262,144 bytes is refused', async () => {
    const { staged, token } = await asked();
    const output = JSON.stringify('x'.repeat(262_143));
    const succeed = staged.runtime.states.operations['SendTaskSuccess']!;
    expect(() => succeed.run({ taskToken: token, output } as never, { role: 'operator' })).toThrow(
      'less than or equal to 262144',
    );
  });

  test('a token that was never given is refused', async () => {
    const staged = await deployed(states, source);
    expect(() => answer(staged, 'x')).toThrow('Invalid Token');
  });
});

// https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
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

const mapped = (states: Json, more: Json = {}) => ({
  Each: {
    Type: 'Map',
    ItemsPath: '$.items',
    MaxConcurrency: 2,
    ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, StartAt: Object.keys(states)[0], States: states },
    ResultPath: '$.done',
    End: true,
    ...more,
  },
});

test('an inline map runs its states for each item, and keeps their order; a failed item is caught alone', async () => {
  const Catch = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failed', Next: 'Not' }];
  const Work = task({ End: true, Catch });
  const staged = await deployed(
    mapped({ Work, Not: { Type: 'Succeed' } }),
    `export const handler = async ({ n }) => { if (n === 2) throw new Error('no'); return { n: n * 10 }; };`,
  );
  const execution = await ended(staged, { items: [1, 2, 3, 4, 5].map((n) => ({ n })) });
  expect(execution).toMatchObject({
    status: 'SUCCEEDED',
    output: { done: [{ n: 10 }, { n: 2, failed: { Error: 'Error' } }, { n: 30 }, { n: 40 }, { n: 50 }] },
  });
  expect(staged.runtime.invocations).toHaveLength(5);
});

test.each([
  ['JSONata', { A: { Type: 'Succeed', QueryLanguage: 'JSONata' } }],
  ['a map without a mode', { A: { Type: 'Map', ItemProcessor: {}, End: true } }],
  ['a distributed map', mapped({}, { ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' } } })],
  [
    'a token in a map',
    mapped({ A: task({ End: true }, { Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' }) }),
  ],
  ['another integration', { A: { Type: 'Task', Resource: 'arn:aws:states:::sns:publish', End: true } }],
])('a definition with %s is refused', async (_, states) => {
  await expect(deployed(states as Json, '')).rejects.toThrow(/ modelled/);
});
