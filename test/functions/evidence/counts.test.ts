import type { Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { counts } from '../../../functions/evidence/ecs/counts.ts';
import { ecsReads } from '../../../functions/evidence/ecs/reads.ts';
import type { Planned } from '../../../src/rollback/document.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import { AT, ready } from '../../src/rollback/documents.ts';
import { client, never, planned } from './client.ts';

const ID = 'arn:aws:ecs:eu-west-1:111122223333:service-deployment/prod/checkout/x';
const deployment: Deployment = {
  ...{ id: ID, state: 'completed', startedAt: '2026-11-22T02:50:00.000Z' },
  ...{ revision: ready.from, isRollback: false },
};
const watch = { ...ready.watch, tasks: { cluster: 'prod', service: 'checkout' } };

interface Situation {
  readonly sources?: readonly number[];
  readonly now?: number;
  readonly max?: number;
  readonly stopped?: readonly Task[];
  readonly isGone?: boolean;
  readonly plan?: Partial<Planned['plan']>;
}

async function read({ sources = [6], now = 1, max, stopped = [], plan = {}, isGone = false }: Situation) {
  const ecs = client({
    DescribeServiceDeployments: ({
      serviceDeploymentArns,
    }: {
      serviceDeploymentArns: readonly string[];
    }) => ({
      serviceDeployments: serviceDeploymentArns.map((serviceDeploymentArn) => ({
        serviceDeploymentArn,
        sourceServiceRevisions: sources.map((requestedTaskCount) => ({ requestedTaskCount })),
        // ECS goes back from it.
        targetServiceRevision: { requestedTaskCount: 0 },
      })),
    }),
  });
  const scaling = client({
    DescribeScalableTargets: { ScalableTargets: max === undefined ? [] : [{ MaxCapacity: max }] },
  });
  const reads = {
    ...ecsReads(ecs.client),
    stopped: () => Promise.resolve(stopped),
    service: () => Promise.resolve(isGone ? null : { desiredCount: now }),
  };
  const rollback = planned('ecs:prod/checkout', { watch, deployment, ...plan } as object);
  return { found: await counts(reads, scaling.client).read(rollback, never), ecs, scaling };
}

const COMMAND = 'aws ecs update-service --cluster prod --service checkout --desired-count 6';

describe('the desired count', () => {
  it('that the release lowered is said, traced and offered to be put back', async () => {
    const { found, ecs, scaling } = await read({});
    expect(found).toEqual({
      lines: ['6 → 1'],
      traces: { count: { before: 6, now: 1 } },
      companions: [
        { of: 'desired-count', says: 'The release lowered the desired count from 6 to 1.', command: COMMAND },
      ],
    });
    expect(ecs.calls[0]?.input).toEqual({ serviceDeploymentArns: [ID] });
    expect(scaling.calls[0]?.input).toMatchObject({ ResourceIds: ['service/prod/checkout'] });
  });

  it('comes after the limit of scaling that forbids it', async () => {
    const { found } = await read({ max: 2 });
    expect(found.lines).toEqual(['6 → 1; scaling allows at most 2']);
    expect(found.companions).toMatchObject([
      { of: 'scaling-limits', command: expect.stringMatching(/--max-capacity 6$/) as string },
      { of: 'desired-count' },
    ]);
  });

  it('needs no other limit where that allows it', async () => {
    const { found } = await read({ max: 6 });
    expect(found.companions).toHaveLength(1);
  });

  it.each<[string, Situation]>([
    ['is of a service that is gone', { isGone: true }],
    ['was not lowered', { now: 6 }],
    ['was raised', { now: 8 }],
    ['was not known before', { sources: [] }],
    ['was of two revisions, of a rollout in flight', { sources: [4, 2] }],
    ['was zero before', { sources: [0] }],
    ['has no deployment of ECS itself', { plan: { deployment: { ...deployment, id: 'ecs-svc/1' } } }],
    ['is of a target without tasks', { plan: { watch: ready.watch } }],
  ])('that %s is nothing', async (_, situation) => {
    const { found, scaling } = await read(situation);
    expect(found).toEqual({ lines: [] });
    expect(scaling.calls).toEqual([]);
  });

  it('is of the deployment of the suspect, where a newer one has replaced it', async () => {
    const suspect = { id: 'revision/suspect', name: 'checkout:40' };
    const recent = [deployment, { ...deployment, id: `${ID}-older`, revision: suspect }];
    const { ecs } = await read({ plan: { suspect, recent } });
    expect(ecs.calls[0]?.input).toEqual({ serviceDeploymentArns: [`${ID}-older`] });
  });

  const scaledIn = (stoppingAt: string, more: Partial<Task> = {}): Task => ({
    taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:42',
    stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)',
    stoppingAt: new Date(stoppingAt),
    ...more,
  });
  const before = new Date(Date.parse(AT) - 60_000).toISOString();

  it('that was lowered after the release came up is offered, and is no cause', async () => {
    const { found } = await read({ stopped: [scaledIn(before)] });
    expect(found.traces).toEqual({ count: null });
    expect(found.companions).toEqual([
      {
        of: 'desired-count',
        says: 'The desired count was lowered from 6 to 1 after the release had come up.',
        command: COMMAND,
      },
    ]);
  });

  it.each<[string, Task]>([
    ['of the revision before', scaledIn(before, { taskDefinitionArn: 'x:task-definition/checkout:41' })],
    ['that failed', scaledIn(before, { stoppedReason: 'Task failed ELB health checks' })],
    ['that the way back replaced', scaledIn(new Date(Date.parse(AT) + 60_000).toISOString())],
  ])('is the release’s where ECS only stopped a task %s', async (_, task) => {
    const { found } = await read({ stopped: [task] });
    expect(found.traces).toEqual({ count: { before: 6, now: 1 } });
  });
});
