import { reportLink } from '../../fakes/report-link.ts';
import { describe, expect, test, vi } from 'vitest';
import {
  createExecutions,
  MAX_OPEN_RECORDS,
  reconcileExecutions,
  type ExecutionNow,
} from '../../../functions/sweep/executions.ts';
import type { Emitter } from '../../../src/events/emit.ts';
import type { Claims, RollbackRecord } from '../../../src/ledger/claims.ts';
import { createRota } from '../../../src/aws/rota.ts';
import { readRequest } from '../../../src/rollback/request.ts';
import { awsError } from '../guard/cloudwatch.ts';
import { createFakeStarter } from '../starter.ts';

/** No execution is listed as running, and each has its turn. */
const reads = () => ({
  running: () => Promise.resolve(new Set<string>()),
  rota: createRota(100),
  reportLink,
});

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
  const finish = vi.fn<Claims['finish']>().mockResolvedValue();
  const emit = vi.fn<Emitter['emit']>().mockResolvedValue();
  const execution = (arn: string) => {
    const found = executions[arn]!;
    return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
  };
  const claims = { open, close, finish };
  const starter = createFakeStarter();
  const done = reconcileExecutions(
    { claims, emitter: { emit } as Emitter, ...reads(), starter, execution },
    NOW,
  );
  return { done, open, close, emit };
}

test('a rollback whose execution ended without Report is reported as dirty, and its target released', async () => {
  const { done, open, close, emit } = sweep({
    one: { status: 'ABORTED', ended: '2026-11-22T03:30:00.000Z' },
  });
  await done;
  expect(open).toHaveBeenCalledWith(NOW, MAX_OPEN_RECORDS);
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

test('one whose execution is unknown is reported', async () => {
  const { done, close } = sweep({ one: null });
  await done;
  expect(close).toHaveBeenCalledOnce();
});

test('one that cannot be read does not stop the others, and its error is thrown', async () => {
  const { done, close } = sweep({
    one: new Error('throttled'),
    two: { status: 'FAILED', ended: '2026-11-22T03:30:00.000Z' },
  });
  await expect(done).rejects.toThrow('throttled');
  expect(close.mock.calls).toMatchObject([[{ execution: 'two' }]]);
});

test('unpublished events are published in order before the record is finished', async () => {
  const order: string[] = [];
  const unpublished: RollbackRecord['unpublished'] = [
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
    open: () => Promise.resolve([{ ...record('one'), outcome, unpublished }]),
    close: () => Promise.reject(new Error('is closed already')),
    finish: (target: string, execution: string) => Promise.resolve(void order.push(`${target} ${execution}`)),
  };
  const emitter: Emitter = { emit: (type) => Promise.resolve(void order.push(type)) };
  const execution = () => Promise.reject(new Error('the execution must not be read'));
  await reconcileExecutions({ claims, emitter, ...reads(), starter: createFakeStarter(), execution }, NOW);
  expect(order).toEqual(['Rollback Unfrozen', 'Rollback Rejected', 'ecs:prod/one one']);
});

test('events that fail again stay unpublished', async () => {
  const finish = vi.fn<Claims['finish']>().mockResolvedValue();
  const outcome = { state: 'rolled-back', at: NOW, reason: 'It worked.', advice: [] } as const;
  const unpublished: RollbackRecord['unpublished'] = [
    {
      type: 'Rollback Unfrozen',
      detail: { version: '1', target: 'ecs:prod/one', by: 'ada', unfrozenAt: NOW },
    },
  ];
  const open = () => Promise.resolve([{ ...record('one'), outcome, unpublished }]);
  const claims = { open, close: () => Promise.resolve(), finish };
  const emitter: Emitter = { emit: () => Promise.reject(new Error('bus down')) };
  const execution = () => Promise.resolve(null);
  const missing = { claims, emitter, ...reads(), starter: createFakeStarter(), execution };
  await expect(reconcileExecutions(missing, NOW)).rejects.toThrow('bus down');
  expect(finish).not.toHaveBeenCalled();
});

test('one that began just now is not read', async () => {
  const open = () => Promise.resolve([{ ...record('one'), startedAt: '2026-11-22T03:58:01.000Z' }]);
  const none = () => Promise.reject(new Error('the execution must not be read'));
  const claims = { open, close: none, finish: none };
  const emitter: Emitter = { emit: none };
  await reconcileExecutions(
    { claims, emitter, ...reads(), starter: createFakeStarter(), execution: none },
    NOW,
  );
});

describe('the triggers that a skipped rollback refused', () => {
  const outcome = { state: 'skipped', at: NOW, reason: 'It was red already.', advice: [] } as const;
  const alarm = (id: string) => ({
    target: 'ecs:prod/one',
    reason: 'x',
    trigger: { type: 'alarm', id, at: NOW, alarm: 'checkout-5xx' } as const,
  });
  const bus: Emitter = { emit: () => Promise.resolve() };

  async function finished(skipped: Partial<RollbackRecord>, emitter = bus, starter = createFakeStarter()) {
    const finish = vi.fn<Claims['finish']>().mockResolvedValue();
    const closed = { ...record('one'), startedAt: '2026-11-22T03:59:59.000Z', outcome, ...skipped };
    const claims = { open: () => Promise.resolve([closed]), close: () => Promise.resolve(), finish };
    const done = reconcileExecutions(
      { claims, emitter, ...reads(), starter, execution: () => Promise.resolve(null) },
      NOW,
    );
    const failed = await done.then(() => null, String);
    return { starter, finish, failed };
  }

  const ids = ({ starter }: Awaited<ReturnType<typeof finished>>) =>
    starter.started.map(({ trigger }) => trigger?.id);

  test('are redelivered at once under a new name, idempotently', async () => {
    const skipped = { yields: true, alsoTriggeredBy: [alarm('a'), alarm('a'), alarm('b')] } as const;
    const first = await finished(skipped);
    expect(first.starter.started).toMatchObject([
      { ...alarm('a'), trigger: { ...alarm('a').trigger, id: 'a (again 1)' } },
      { trigger: { id: 'b (again 1)' } },
    ]);
    expect(first.finish).toHaveBeenCalledWith('ecs:prod/one', 'one');
    expect(ids(await finished(skipped, bus, first.starter))).toHaveLength(2);
  });

  test('are not redelivered if that rollback judged them itself', async () => {
    const alsoTriggeredBy = [alarm('a'), { ...alarm('b'), heardAt: NOW }];
    const taken = await finished({ yields: true, judged: 1, alsoTriggeredBy });
    expect(taken.starter.started).toEqual([
      { ...alarm('b'), trigger: { ...alarm('b').trigger, id: 'b (again 1)' } },
    ]);
    expect(ids(await finished({ yields: true, judged: 2, alsoTriggeredBy }))).toEqual([]);
    const another = { ...alarm('c'), revision: 'revision-7' };
    expect(ids(await finished({ yields: true, judged: 1, alsoTriggeredBy: [another] }))).toEqual([
      'c (again 1)',
    ]);
  });

  test('are redelivered twice at most', async () => {
    const alsoTriggeredBy = [alarm('a (again 1)'), alarm('b (again 2)')];
    expect(ids(await finished({ yields: true, alsoTriggeredBy }))).toEqual(['a (again 2)']);
  });

  test('keep a valid id', async () => {
    const taken = await finished({ yields: true, alsoTriggeredBy: [alarm('x'.repeat(512))] });
    expect(() => taken.starter.started.map(readRequest)).not.toThrow();
  });

  test('are left alone if they were started by hand, or if it was not the judge who skipped', async () => {
    const byHand = { target: 'ecs:prod/one', reason: 'x' };
    expect(ids(await finished({ yields: true, alsoTriggeredBy: [byHand] }))).toEqual([]);
    expect(ids(await finished({ alsoTriggeredBy: [alarm('a')] }))).toEqual([]);
  });

  test('do not wait for the bus', async () => {
    const unpublished: RollbackRecord['unpublished'] = [
      {
        type: 'Rollback Unfrozen',
        detail: { version: '1', target: 'ecs:prod/one', by: 'ada', unfrozenAt: NOW },
      },
    ];
    const down: Emitter = { emit: () => Promise.reject(new Error('bus down')) };
    const taken = await finished({ yields: true, unpublished, alsoTriggeredBy: [alarm('a')] }, down);
    expect([ids(taken), taken.finish.mock.calls, taken.failed]).toEqual([
      ['a (again 1)'],
      [],
      'Error: bus down',
    ]);
  });
});

describe('Step Functions', () => {
  const clientOf = (...answers: readonly object[]) => {
    const asked: object[] = [];
    const send = ({ input }: { readonly input: object }) => {
      const answer = answers[asked.push(input) - 1] ?? {};
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    };
    return { asked, ...createExecutions({ send }, 'the machine') };
  };

  test('shows an execution as its status and its end', async () => {
    expect(await clientOf({ status: 'RUNNING' }).execution('one')).toEqual({ status: 'RUNNING' });
    expect(await clientOf({ status: 'ABORTED', stopDate: new Date(NOW) }).execution('one')).toEqual({
      status: 'ABORTED',
      ended: NOW,
    });
    expect(await clientOf(awsError('ExecutionDoesNotExist')).execution('one')).toBeNull();
    await expect(clientOf(awsError('ThrottlingException')).execution('one')).rejects.toThrow('no');
  });

  test('lists those that run by a thousand', async () => {
    const { asked, running } = clientOf(
      { executions: [{ executionArn: 'one' }], nextToken: 'more' },
      { executions: [{ executionArn: 'two' }] },
    );
    expect(await running()).toEqual(new Set(['one', 'two']));
    const input = { stateMachineArn: 'the machine', statusFilter: 'RUNNING', maxResults: 1000 };
    expect(asked).toEqual([input, { ...input, nextToken: 'more' }]);
  });
});

describe('many open records', () => {
  /** Sweeps minute by minute, while some executions have ended and cannot be reported. */
  const play = async (count: number, running: readonly number[], mostCalls: number, minutes: number) => {
    const records = Array.from({ length: count }, (_, i) => record(`x${i}`));
    const described: string[][] = [];
    const lists: number[] = [];
    const rota = createRota(mostCalls);
    for (let minute = 0; minute < minutes; minute++) {
      const now = `2026-11-22T04:0${minute}:00.000Z`;
      const inMinute: string[] = [];
      const none = () => Promise.reject(new Error('not now'));
      await reconcileExecutions(
        {
          claims: { open: () => Promise.resolve(records), close: none, finish: none },
          emitter: { emit: none },
          reportLink,
          starter: createFakeStarter(),
          rota,
          running: () =>
            Promise.resolve(new Set(running.map((i) => `x${i}`))).finally(() => lists.push(minute)),
          execution: (arn) => Promise.resolve(inMinute.push(arn)).then(() => ({ status: 'RUNNING' })),
        },
        now,
      );
      described.push(inMinute);
    }
    return { described, lists };
  };

  test('that run cost one list and no description each', async () => {
    const all = Array.from({ length: 500 }, (_, i) => i);
    const { described, lists } = await play(500, all, 100, 1);
    expect([described, lists]).toEqual([[[]], [0]]);
  });

  test('that do not run have a turn each, whatever becomes of the oldest', async () => {
    const { described } = await play(250, [], 100, 3);
    expect(described.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(new Set(described.flat()).size).toBe(250);
  });
});
