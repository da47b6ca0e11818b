import type { Context } from 'aws-lambda';
import { afterEach, expect, test, vi } from 'vitest';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { handlerOf } from '../../../src/lambda/handler.ts';
import { logger } from '../../../src/lambda/logger.ts';
import { Throttled } from '../../../src/rollback/errors.ts';

const context = { awsRequestId: 'request', functionName: 'guard', memoryLimitInMB: '1024' } as Context;

const logged = (['debug', 'info', 'warn', 'error'] as const).map((level) =>
  vi.spyOn(logger, level).mockReturnValue(),
);
afterEach(() => vi.clearAllMocks());

test('the call that keeps a function warm runs nothing and logs nothing', async () => {
  const { schedule } = parse(readFileSync('functions/keep-warm.yml', 'utf8')) as {
    schedule: { input: unknown };
  };
  const run = vi.fn();
  expect(await handlerOf(run)(schedule.input, context)).toBeNull();
  expect(run).not.toHaveBeenCalled();
  for (const level of logged) expect(level).not.toHaveBeenCalled();
});

test.each([{ keep: 'warm', verb: 'stop' }, { keep: 'cold' }, 'warm', null, ['warm']])(
  'any other call runs: %j',
  async (event) => {
    const run = vi.fn().mockResolvedValue('done');
    expect(await handlerOf(run)(event, context)).toBe('done');
    expect(run).toHaveBeenCalledOnce();
  },
);

test('an error is thrown by the name that the state machine knows', async () => {
  const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
  const failing = handlerOf(() => Promise.reject(throttled));
  await expect(failing({}, context)).rejects.toBeInstanceOf(Throttled);
});
