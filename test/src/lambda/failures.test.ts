import '../../paths/silence-logs.ts';
import type { Context } from 'aws-lambda';
import { afterEach, expect, test, vi } from 'vitest';
import { metricsIn } from '@lastgood/embedded-aws/runtime/logs/embedded-metrics.ts';
import { createFailures } from '../../../src/lambda/failures.ts';
import { steps } from '../../../src/lambda/steps.ts';
import { InvalidDocument, Paused, TargetClaimed } from '../../../src/rollback/errors.ts';

const AT = '2026-11-22T03:00:00.000Z';
const LATER = '2026-11-22T03:01:00.000Z';
const context = {
  ...{ awsRequestId: 'request', functionName: 'function', memoryLimitInMB: '1024' },
  getRemainingTimeInMillis: () => 30_000,
} as Context;
const SETTINGS: Readonly<Record<string, string>> = {
  OWN_NAME: 'lastgood-prod',
  AWS_LAMBDA_FUNCTION_NAME: 'lastgood-prod-guard',
};
const setting = (name: string) => SETTINGS[name] ?? '';
const SURROUNDINGS = { setting, now: () => AT };

afterEach(() => vi.restoreAllMocks());

/** Keeps what is logged from now on. */
function logged(): readonly string[] {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    lines.push(String(chunk));
    return true;
  });
  return lines;
}

/** Calls a step that throws, and returns the metrics in the log. */
async function measured(error: unknown) {
  const lines = logged();
  let at = AT;
  const failures = createFailures({ now: () => at, setting });
  const run = () => {
    at = LATER;
    throw error;
  };
  const answer = steps({ claim: { adds: 'claim', run } }, failures);
  const call = { verb: 'claim', rollback: { request: { target: 'ecs:prod/checkout', reason: 'why' } } };
  await expect(answer(call, context)).rejects.toBe(error);
  vi.restoreAllMocks();
  return lines.flatMap((line) => metricsIn(line, Date.parse(AT)));
}

const FAILURE = { namespace: 'Lastgood', name: 'Failures', value: 1, unit: 'Count', at: Date.parse(AT) };
const TWO_METRICS = [
  { ...FAILURE, dimensions: { service: 'lastgood-prod' } },
  { ...FAILURE, dimensions: { service: 'lastgood-prod', function: 'lastgood-prod-guard' } },
];

test.each([new InvalidDocument('plan', 'is missing'), new Error('a bug'), 'a text'])(
  'counts a failed call, in the minute in which it began: %s',
  async (error) => {
    expect(await measured(error)).toEqual(TWO_METRICS);
  },
);

test.each([new TargetClaimed('held'), new Paused('paused')])('counts no refusal: %s', async (error) => {
  expect(await measured(error)).toEqual([]);
});

test('counts a call that is about to time out', async () => {
  const lines = logged();
  const failures = createFailures(SURROUNDINGS);
  const late = { getRemainingTimeInMillis: () => 501 };
  await failures.during(() => new Promise((resolve) => setTimeout(resolve, 50)), late);
  vi.restoreAllMocks();
  expect(lines.flatMap((line) => metricsIn(line, Date.parse(AT)))).toEqual(TWO_METRICS);
});

test('counts no call that answers in time', async () => {
  const lines = logged();
  const failures = createFailures(SURROUNDINGS);
  await failures.during(() => Promise.resolve(), { getRemainingTimeInMillis: () => 510 });
  await new Promise((resolve) => setTimeout(resolve, 30));
  vi.restoreAllMocks();
  expect(lines).toEqual([]);
});
