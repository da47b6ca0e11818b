import { ExecutionAlreadyExists, type StartExecutionCommand } from '@aws-sdk/client-sfn';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStarter, executionName, startAll, type Starter } from '../../../src/lambda/start.ts';
import type { Request } from '../../../src/rollback/request.ts';

const MACHINE = 'arn:aws:states:eu-central-1:210987654321:stateMachine:lastgood-prod-rollback';
const trigger = {
  type: 'deployment',
  id: 'ecs-svc/84',
  at: '2026-11-20T09:18:44.120Z',
  deployment: 'ecs-svc/84',
} as const;
const request: Request = { target: 'ecs:prod/checkout', reason: 'deployment ecs-svc/84 failed', trigger };

/** Step Functions as far as names matter: one name, one execution. */
function createStepFunctions() {
  const executions = new Map<string, unknown>();
  const send = ({ input }: StartExecutionCommand) => {
    const { name = '', stateMachineArn } = input;
    if (stateMachineArn !== MACHINE) return Promise.reject(new Error(`no machine ${stateMachineArn ?? ''}`));
    if (executions.has(name))
      return Promise.reject(new ExecutionAlreadyExists({ message: name, $metadata: {} }));
    executions.set(name, JSON.parse(input.input ?? ''));
    return Promise.resolve({});
  };
  return { executions, client: { send } as never };
}

describe('a starter', () => {
  test('starts one trigger for one target once', async () => {
    const { executions, client } = createStepFunctions();
    const { start } = createStarter(client, MACHINE);
    expect(await start(request)).toBe('started');
    expect(await start({ ...request, reason: 'in other words' })).toBe('already-started');
    expect([...executions.values()]).toEqual([{ request }]);
  });

  test('distinguishes triggers and targets', async () => {
    const { executions, client } = createStepFunctions();
    const { start } = createStarter(client, MACHINE);
    await start(request);
    await start({ ...request, target: 'ecs:prod/cart' });
    await start({ ...request, trigger: { ...trigger, id: 'ecs-svc/85' } });
    // Two targets that read alike where only letters and digits are kept.
    await start({ ...request, target: 'ecs:prod-checkout/api' });
    await start({ ...request, target: 'ecs:prod/checkout-api' });
    expect(executions.size).toBe(5);
  });

  test('passes every other error on', async () => {
    const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    const { start } = createStarter({ send: () => Promise.reject(denied) } as never, MACHINE);
    await expect(start(request)).rejects.toBe(denied);
  });
});

describe('the name of an execution', () => {
  test('shows the target', () => {
    expect(executionName(request)).toMatch(/^ecs-prod-checkout-[0-9a-f]{32}$/);
  });

  test('is one that Step Functions takes, whatever the request', () => {
    const unit = fc.constantFrom('binary', 'grapheme-ascii');
    const text = unit.chain((of) => fc.string({ unit: of, minLength: 1, maxLength: 600 }));
    fc.assert(
      fc.property(text, text, (target, id) => {
        expect(executionName({ target, reason: 'r', trigger: { ...trigger, id } })).toMatch(
          /^[A-Za-z0-9_-]{1,80}$/,
        );
      }),
    );
  });
});

describe('starting several', () => {
  const failing: Starter = {
    start: ({ target }) =>
      target === 'ecs:prod/bad' ? Promise.reject(new Error('no')) : Promise.resolve('started'),
  };

  test('starts all', async () => {
    const starts = await startAll(failing, [request, { ...request, target: 'ecs:prod/cart' }]);
    expect(starts).toEqual([
      { target: 'ecs:prod/checkout', answer: 'started' },
      { target: 'ecs:prod/cart', answer: 'started' },
    ]);
  });

  test('starts the others before it throws for one', async () => {
    const started: string[] = [];
    const starter: Starter = {
      start: async (one) => {
        const answer = await failing.start(one);
        for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
        started.push(one.target);
        return answer;
      },
    };
    const requests = ['ecs:prod/bad', 'ecs:prod/cart', 'ecs:prod/checkout'].map((target) => ({
      ...request,
      target,
    }));
    await expect(startAll(starter, requests)).rejects.toThrow('no');
    expect(started).toEqual(['ecs:prod/cart', 'ecs:prod/checkout']);
  });
});
