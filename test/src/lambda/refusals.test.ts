import '../../paths/silence-logs.ts';
import type { Context } from 'aws-lambda';
import { afterEach, expect, test, vi } from 'vitest';
import { metricsIn } from '@lastgood/embedded-aws/runtime/logs/embedded-metrics.ts';
import { createRefusals } from '../../../src/lambda/refusals.ts';
import { steps } from '../../../src/lambda/steps.ts';
import { InvalidDocument, Paused, TargetClaimed } from '../../../src/rollback/errors.ts';

const AT = '2026-11-22T03:00:00.000Z';
const LATER = '2026-11-22T03:01:00.000Z';
const context = { awsRequestId: 'request', functionName: 'function', memoryLimitInMB: '1024' } as Context;

afterEach(() => vi.restoreAllMocks());

/** Calls a step that throws, and returns the metrics in the log. */
async function measured(error: unknown) {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    lines.push(String(chunk));
    return true;
  });
  let at = AT;
  const settings: Record<string, string> = {
    OWN_NAME: 'lastgood-prod',
    AWS_LAMBDA_FUNCTION_NAME: 'lastgood-prod-guard',
  };
  const refusals = createRefusals({ now: () => at, setting: (name) => settings[name] ?? '' });
  const run = () => {
    at = LATER;
    throw error;
  };
  const answer = steps({ claim: { adds: 'claim', run } }, refusals);
  const call = { verb: 'claim', rollback: { request: { target: 'ecs:prod/checkout', reason: 'why' } } };
  await expect(answer(call, context)).rejects.toBe(error);
  vi.restoreAllMocks();
  return lines.flatMap((line) => metricsIn(line, Date.parse(AT)));
}

test.each([new TargetClaimed('held'), new Paused('paused')])(
  'counts what a function refuses, in the minute in which the call began: %s',
  async (error) => {
    expect(await measured(error)).toEqual([
      {
        ...{ namespace: 'Lastgood', name: 'Refusals', value: 1, unit: 'Count', at: Date.parse(AT) },
        dimensions: { service: 'lastgood-prod', function: 'lastgood-prod-guard' },
      },
    ]);
  },
);

test.each([new InvalidDocument('plan', 'is missing'), new Error('a bug'), 'a text'])(
  'counts nothing else: %s',
  async (error) => {
    expect(await measured(error)).toEqual([]);
  },
);
