import type { SFNClient } from '@aws-sdk/client-sfn';
import { expect, test, vi } from 'vitest';
import { createExecutions, reportMissing, type ExecutionNow } from '../../../functions/sweep/unreported.ts';
import type { Emitter } from '../../../src/events/emit.ts';
import type { Claims, RollbackRecord } from '../../../src/ledger/claims.ts';
import { awsError } from '../guard/cloudwatch.ts';

const NOW = '2026-11-22T04:00:00.000Z';
const record = (execution: string): RollbackRecord => ({
  target: `ecs:prod/${execution}`,
  execution,
  startedAt: '2026-11-22T03:00:00.000Z',
  request: { target: `ecs:prod/${execution}`, reason: 'it hurts' },
  alsoTriggeredBy: [],
  automatic: false,
});

function sweep(executions: Readonly<Record<string, ExecutionNow | null | Error>>) {
  const open = vi.fn<Claims['open']>().mockResolvedValue(Object.keys(executions).map(record));
  const close = vi.fn<Claims['close']>().mockResolvedValue();
  const told = vi.fn<Claims['told']>().mockResolvedValue();
  const emit = vi.fn<Emitter['emit']>().mockResolvedValue();
  const execution = (arn: string) => {
    const found = executions[arn]!;
    return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
  };
  const done = reportMissing({ claims: { open, close, told }, emitter: { emit } as Emitter, execution }, NOW);
  return { done, open, close, told, emit };
}

test('a rollback whose execution ended without a report is reported as dirty, and its target let go', async () => {
  const { done, open, close, emit } = sweep({
    one: { status: 'ABORTED', ended: '2026-11-22T03:30:00.000Z' },
  });
  await done;
  expect(open).toHaveBeenCalledWith('2026-11-22T03:58:00.000Z', 100);
  expect(emit.mock.calls).toMatchObject([
    ['Rollback Failed', { target: 'ecs:prod/one', execution: 'one', outcome: 'failed-dirty' }],
  ]);
  expect(close.mock.calls).toMatchObject([
    [{ target: 'ecs:prod/one', execution: 'one', outcome: { state: 'failed-dirty' } }],
  ]);
});

test.each([
  ['runs', { status: 'RUNNING' }],
  ['ended only just now: its event comes first', { status: 'FAILED', ended: '2026-11-22T03:58:30.000Z' }],
])('one whose execution %s is left alone', async (_why, execution) => {
  const { done, close, emit } = sweep({ one: execution });
  await done;
  expect(emit).not.toHaveBeenCalled();
  expect(close).not.toHaveBeenCalled();
});

test('one whose execution nobody knows is reported', async () => {
  const { done, close } = sweep({ one: null });
  await done;
  expect(close).toHaveBeenCalledOnce();
});

test('one that cannot be looked at does not hold up the others, and is told of', async () => {
  const { done, close } = sweep({
    one: new Error('throttled'),
    two: { status: 'FAILED', ended: '2026-11-22T03:30:00.000Z' },
  });
  await expect(done).rejects.toThrow('throttled');
  expect(close.mock.calls).toMatchObject([[{ execution: 'two' }]]);
});

test('what the bus did not take is told in its order, and only then done with', async () => {
  const order: string[] = [];
  const untold: RollbackRecord['untold'] = [
    {
      type: 'Rollback Unfrozen',
      detail: { version: '1', target: 'ecs:prod/one', by: 'ada', unfrozenAt: NOW },
    },
    {
      type: 'Rollback Rejected',
      detail: { version: '1', request: 'one', field: 'f', problem: 'p', rejectedAt: NOW },
    },
  ];
  const outcome = { state: 'rolled-back', at: NOW, reason: 'It worked.', advice: [] } as const;
  const claims = {
    open: () => Promise.resolve([{ ...record('one'), outcome, untold }]),
    close: () => Promise.reject(new Error('is closed already')),
    told: (target: string, execution: string) => Promise.resolve(void order.push(`${target} ${execution}`)),
  };
  const emitter: Emitter = { emit: (type) => Promise.resolve(void order.push(type)) };
  const execution = () => Promise.reject(new Error('nobody needs to know how it ended'));
  await reportMissing({ claims, emitter, execution }, NOW);
  expect(order).toEqual(['Rollback Unfrozen', 'Rollback Rejected', 'ecs:prod/one one']);
});

test('what the bus does not take this time either stays', async () => {
  const told = vi.fn<Claims['told']>().mockResolvedValue();
  const outcome = { state: 'rolled-back', at: NOW, reason: 'It worked.', advice: [] } as const;
  const untold: RollbackRecord['untold'] = [
    {
      type: 'Rollback Unfrozen',
      detail: { version: '1', target: 'ecs:prod/one', by: 'ada', unfrozenAt: NOW },
    },
  ];
  const open = () => Promise.resolve([{ ...record('one'), outcome, untold }]);
  const claims = { open, close: () => Promise.resolve(), told };
  const emitter: Emitter = { emit: () => Promise.reject(new Error('bus down')) };
  const execution = () => Promise.resolve(null);
  await expect(reportMissing({ claims, emitter, execution }, NOW)).rejects.toThrow('bus down');
  expect(told).not.toHaveBeenCalled();
});

test('an execution is read in our words', async () => {
  const clientOf = (answer: object) =>
    ({
      send: () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)),
    }) as unknown as SFNClient;
  expect(await createExecutions(clientOf({ status: 'RUNNING' }))('one')).toEqual({ status: 'RUNNING' });
  expect(await createExecutions(clientOf({ status: 'ABORTED', stopDate: new Date(NOW) }))('one')).toEqual({
    status: 'ABORTED',
    ended: NOW,
  });
  expect(await createExecutions(clientOf(awsError('ExecutionDoesNotExist')))('one')).toBeNull();
  await expect(createExecutions(clientOf(awsError('ThrottlingException')))('one')).rejects.toThrow('no');
});
