import { describe, expect, test } from 'vitest';
import { type Staged } from '../stage.ts';
import { deployed, milliseconds, passed, start, type Json } from './one-machine.ts';

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
