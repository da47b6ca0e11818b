import { describe, expect, test, vi } from 'vitest';
import { onDeployment } from '../../../functions/on-deployment/on-deployment.ts';
import type { Reply } from '../../../src/approvals/reply.ts';
import type { Beginning, Follow } from '../../../src/lambda/follow.ts';
import type { ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { ReportedStep } from '../../../src/ledger/reports.ts';
import type { Waits } from '../../../src/ledger/waits.ts';
import { altered, fixture } from '../../src/targets/fixtures.ts';
import { createFakeStarter } from '../starter.ts';

function setUp() {
  const starter = createFakeStarter();
  const observed: ObservedRevision[] = [];
  const ledger = {
    observe: (observation: ObservedRevision) => Promise.resolve(void observed.push(observation)),
  };
  const kept: ReportedStep[] = [];
  const reports = { keep: (step: ReportedStep) => Promise.resolve(void kept.push(step)) };
  const waits = { tokenOf: vi.fn<Waits['tokenOf']>().mockResolvedValue(null) };
  const reply = vi.fn<Reply>().mockResolvedValue('answered');
  const followed: Beginning[] = [];
  const follow: Follow = (beginning) => Promise.resolve(void followed.push(beginning));
  const handle = onDeployment({ starter, ledger, reports, waits, reply, follow }, () => NOW);
  return { starter, observed, kept, waits, reply, followed, handle };
}

const NOW = '2026-11-20T09:19:00.000Z';

describe('a deployment', () => {
  test('that failed is rolled back, once', async () => {
    const { starter, observed, handle } = setUp();
    expect(await handle(fixture('deployment-failed'))).toEqual([
      { target: 'ecs:prod/checkout', answer: 'started' },
    ]);
    expect(await handle(fixture('deployment-failed'))).toEqual([
      { target: 'ecs:prod/checkout', answer: 'already-started' },
    ]);
    expect(starter.started).toHaveLength(1);
    expect(observed).toEqual([]);
  });

  test('of which AWS keeps no record is kept as it was reported', async () => {
    const { kept, observed, handle } = setUp();
    await handle(fixture('deployment-reported'));
    expect(kept).toMatchObject([{ target: 'external:argocd/checkout', state: 'completed' }]);
    expect(observed).toMatchObject([{ deployment: '7 3f2a9c1 argocd.shop' }]);
    await handle(fixture('deployment-completed'));
    expect(kept).toHaveLength(1);
  });

  test('that its system reports ahead of time has begun or ended by now at the latest', async () => {
    const { kept, handle } = setUp();
    await handle(altered('deployment-reported', ['time'], '2026-11-20T10:19:00Z'));
    await handle(altered('deployment-reported', ['time'], '2026-11-20T09:18:00Z'));
    expect(kept.map(({ at }) => at)).toEqual([NOW, '2026-11-20T09:18:00Z']);
  });

  test('that completed is recorded with the shortest soak, which the sweep extends', async () => {
    const { starter, observed, handle } = setUp();
    const observation = {
      target: 'ecs:prod/checkout',
      deployment: 'ecs-svc/8412097735164408213',
      completedAt: '2026-11-20T09:18:44.120Z',
      soakUntil: '2026-11-20T09:19:44.120Z',
    };
    expect(await handle(fixture('deployment-completed'))).toEqual(observation);
    expect(observed).toEqual([observation]);
    expect(starter.started).toEqual([]);
  });

  test('that began is followed, and nothing else is done', async () => {
    const { starter, observed, followed, handle } = setUp();
    expect(await handle(fixture('deployment-in-progress'))).toEqual([]);
    expect([starter.started, observed]).toEqual([[], []]);
    expect(followed).toMatchObject([
      { target: 'ecs:prod/checkout', deployment: 'ecs-svc/8412097735164408213', state: 'started' },
    ]);
  });

  test('that completed is followed too, because the event of its beginning may be lost', async () => {
    const { followed, handle } = setUp();
    await handle(fixture('deployment-completed'));
    expect(followed).toMatchObject([{ deployment: 'ecs-svc/8412097735164408213', state: 'completed' }]);
  });

  test('that failed is not followed', async () => {
    const { followed, handle } = setUp();
    await handle(fixture('deployment-failed'));
    expect(followed).toEqual([]);
  });

  test('without a time is thrown by its field', async () => {
    const { handle } = setUp();
    const event = altered('deployment-completed', ['detail', 'updatedAt'], undefined) as object;
    await expect(handle({ ...event, time: '' })).rejects.toMatchObject({
      name: 'InvalidRequest',
      field: 'time',
    });
  });
});

describe('a rollback that waits for the target', () => {
  test.each([
    ['completed', 'deployment-completed'],
    ['failed', 'deployment-failed'],
  ])('polls at once when a deployment %s, whichever it is', async (_, event) => {
    const { waits, reply, handle } = setUp();
    waits.tokenOf.mockResolvedValue('token-1');
    await handle(fixture(event));
    expect(waits.tokenOf).toHaveBeenCalledExactlyOnceWith('ecs:prod/checkout', NOW);
    expect(reply).toHaveBeenCalledExactlyOnceWith('token-1', {
      deployment: 'ecs-svc/8412097735164408213',
    });
  });

  test('waits on when a deployment began: its own way back does', async () => {
    const { waits, reply, handle } = setUp();
    waits.tokenOf.mockResolvedValue('token-1');
    await handle(fixture('deployment-in-progress'));
    expect(reply).not.toHaveBeenCalled();
  });

  test.each(['tokenOf', 'reply'] as const)('costs the event nothing when %s fails', async (part) => {
    const { starter, waits, reply, handle } = setUp();
    waits.tokenOf.mockResolvedValue('token-1');
    (part === 'reply' ? reply : waits.tokenOf).mockRejectedValue(new Error('throttled'));
    await handle(fixture('deployment-failed'));
    expect(starter.started).toHaveLength(1);
  });
});

test('a hint is ignored, because on-hint handles it', async () => {
  const { starter, observed, handle } = setUp();
  expect(await handle(fixture('task-crashed'))).toMatchObject({ kind: 'ignored' });
  expect([starter.started, observed]).toEqual([[], []]);
});
