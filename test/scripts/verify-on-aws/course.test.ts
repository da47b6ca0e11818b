import { expect, test } from 'vitest';
import { endAmong } from '../../../scripts/verify-on-aws/course.ts';
import type { Execution } from '../../../scripts/verify-on-aws/rollbacks.ts';

const MINUTE = 60_000;

/** An execution that began with the release. @param ended minutes after the release; null while it runs */
function execution(ended: number | null, state?: string): Execution {
  const outcome = state === undefined ? {} : { outcome: { state, at: '', reason: '', advice: [] } };
  return {
    arn: `arn ${state ?? 'running'}`,
    startedAt: new Date(0),
    endedAt: ended === null ? undefined : new Date(ended * MINUTE),
    document: outcome as Execution['document'],
  };
}

const cases: readonly (readonly [what: string, Execution[], minutes: number, ended: string | null])[] = [
  ['nothing was started yet', [], 44, null],
  ['nothing was started in time', [], 46, 'no rollback'],
  ['it runs', [execution(null)], 60, null],
  ['it runs for too long', [execution(null)], 91, 'still running'],
  ['it rolled back', [execution(9, 'rolled-back')], 9, 'rolled-back'],
  ['it failed', [execution(9, 'failed-dirty')], 9, 'failed-dirty'],
  ['it ended without a report', [execution(9)], 9, 'unreported'],
  ['it skipped a moment ago', [execution(9, 'skipped')], 18, null],
  ['it skipped, and nothing followed', [execution(9, 'skipped')], 20, 'skipped'],
  ['it skipped, and another one runs', [execution(9, 'skipped'), execution(null)], 30, null],
  [
    'it rolled back, and another one was skipped',
    [execution(9, 'rolled-back'), execution(10, 'skipped')],
    10,
    'rolled-back',
  ],
];

test.each(cases)('where %s, the part goes on or ends so', (_, executions, minutes, ended) => {
  expect(endAmong(executions, 0, minutes * MINUTE)?.ended ?? null).toBe(ended);
});
