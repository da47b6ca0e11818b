import { describe, expect, it } from 'vitest';
import type { CodeDeployment } from '../../../../../functions/mechanisms/ecs/code-deploy/code-deploy.ts';
import { descriptionOf } from '../../../../../src/aws/code-deploy/description.ts';
import { settledWith } from '../../../../../functions/mechanisms/ecs/code-deploy/settled.ts';
import type { Service } from '../../../../../functions/mechanisms/ecs/ecs.ts';
import type { TaskSet } from '../../../../../functions/mechanisms/ecs/task-sets/task-sets.ts';
import type { Memo } from '../../../../../functions/mechanisms/ecs/code-deploy/memo.ts';
import type { InReversion } from '../../../../../src/rollback/document.ts';
import { claimed } from '../../../../contract/walk.ts';

const NOW = '2026-11-22T04:00:00.000Z';
const TARGET = 'ecs:prod/checkout';
const { execution } = claimed(TARGET);

const bad: CodeDeployment = {
  id: 'd-BAD',
  application: 'shop',
  group: 'checkout',
  status: 'Stopped',
  reason: '',
  createdAt: '2026-11-22T03:50:00.000Z',
  finishedAt: '2026-11-22T03:58:30.000Z',
  revision: {},
  description: '',
  rolledBackBy: null,
  rollbackOf: null,
  divides: false,
  listeners: [],
  groups: [],
  rollbackMessage: '',
  isToBeRolledBack: false,
  endedByItself: false,
};
const later = { createdAt: '2026-11-22T03:59:00.000Z', finishedAt: null, status: 'InProgress' as const };
const ours: CodeDeployment = { ...bad, ...later, id: 'd-OURS', description: descriptionOf(execution) };
const rollback: CodeDeployment = { ...bad, ...later, id: 'd-BACK', rollbackOf: 'd-BAD', status: 'Succeeded' };
const taken: CodeDeployment = { ...bad, rolledBackBy: 'd-BACK' };
const set: TaskSet = {
  arn: 'set',
  id: 'ecs-svc/2',
  isPrimary: true,
  externalId: 'd-OURS',
  createdAt: NOW,
  updatedAt: NOW,
  scale: 100,
  wanted: 4,
  pending: 0,
  running: 4,
  isSteady: true,
  tags: {},
  settings: { taskDefinition: 'checkout:1', loadBalancers: [{ targetGroupArn: 'blue' }] },
};
const none: Pick<Service, 'revisions' | 'messages' | 'taskSets'> = {
  revisions: [],
  messages: [],
  taskSets: [],
};
const service = { status: 'ACTIVE', desired: 4, ...none } as Service;

interface Seen {
  readonly deployments?: readonly CodeDeployment[];
  readonly sets?: readonly TaskSet[];
  readonly service?: Service | null;
}

/** Polls the deployment `follows` once on a rung. */
function look(rung: 'stop-deployment' | 'redeploy', follows: string, seen: Seen) {
  const deployments = seen.deployments ?? [ours, bad];
  const settled = settledWith({
    ecs: { service: () => Promise.resolve(seen.service === undefined ? service : seen.service) } as never,
    taskSets: { of: () => Promise.resolve(seen.sets ?? [set]) } as never,
    codeDeploy: {
      deployment: (id: string) => Promise.resolve(deployments.find((one) => one.id === id) ?? null),
      deployments: () => Promise.resolve(deployments),
      appSpecs: () => Promise.resolve(new Map([['d-FIX', 'TaskDefinition: "arn:fix"']])),
    } as never,
    now: () => NOW,
  });
  const memo = {
    deployment: 'd-BAD',
    createdAt: bad.createdAt,
    group: { application: 'shop', group: 'checkout' },
  };
  const plan = { rungs: [{ name: rung }], to: { id: 'checkout:1', name: 'checkout:1' }, memo };
  const document = { ...claimed(TARGET), plan, rung: 0, reverted: { deployment: follows, at: NOW } };
  return settled(document as unknown as InReversion<Memo>);
}

describe('a deployment by Lastgood', () => {
  it('is settled when its own task set serves, although the old tasks still live', async () => {
    expect(await look('redeploy', 'd-OURS', {})).toMatchObject({
      state: 'settled',
      targetGroups: [{ arn: 'blue', wanted: 4 }],
    });
  });

  it.each([
    ['another task set of the same revision serves', { externalId: 'd-OLD' }],
    ['another revision serves', { settings: { ...set.settings, taskDefinition: 'checkout:2' } }],
    ['ECS calls it unstable', { isSteady: false }],
    ['a task is missing', { running: 3 }],
    ['it is not the primary one', { isPrimary: false }],
  ])('is pending while %s', async (_, more) => {
    expect(await look('redeploy', 'd-OURS', { sets: [{ ...set, ...more }] })).toMatchObject({
      state: 'pending',
    });
  });

  it('quotes complaints of ECS while it is pending', async () => {
    const messages = [{ at: NOW, text: '(service checkout) was unable to place a task.' }];
    const seen = { sets: [{ ...set, running: 3 }], service: { ...service, messages } };
    expect(await look('redeploy', 'd-OURS', seen)).toEqual({
      state: 'pending',
      summary:
        '3 of 4 tasks run checkout:1, the primary task set. ECS says: (service checkout) was unable to place a task.',
      cure: expect.stringMatching(/^Make room for the tasks, .* no deployment proceeds/) as unknown,
      hindrance: expect.stringMatching(/^ECS says: /) as unknown,
      awaits: 'codedeploy:shop/checkout',
    });
    const rollback_ = { deployments: [taken, { ...rollback, status: 'InProgress' as const }] };
    expect(await look('stop-deployment', 'd-BAD', { ...seen, ...rollback_ })).toMatchObject({
      summary: expect.stringContaining('ECS says: ') as unknown,
    });
  });

  it.each(['Failed', 'Stopped'] as const)('has failed where it is %s, whatever serves', async (status) => {
    const deployments = [{ ...ours, status, reason: 'no capacity' }, bad];
    expect(await look('redeploy', 'd-OURS', { deployments })).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining(`${status}: no capacity`) as string,
    });
  });

  it('is overtaken by any newer one of a pipeline', async () => {
    const other = { ...ours, id: 'd-FIX', description: '' };
    const seen = { deployments: [other, ours, bad] };
    expect(await look('redeploy', 'd-OURS', seen)).toMatchObject({ state: 'overtaken', by: 'd-FIX' });
  });
});

describe("CodeDeploy's own rollback", () => {
  const serves = [{ ...set, externalId: 'd-FIRST' }];

  it.each([
    ['settled', 'is over and the old task set serves', {}, serves],
    ['pending', 'is over and the old task set does not serve yet', {}, [{ ...set, isSteady: false }]],
    ['pending', 'is under way, though the old task set serves', { status: 'InProgress' as const }, serves],
    ['failed', 'failed, though the old task set serves', { status: 'Failed' as const }, serves],
  ])('is %s where it %s', async (state, _, more, sets) => {
    const deployments = [{ ...rollback, ...more }, taken];
    expect(await look('stop-deployment', 'd-BAD', { deployments, sets })).toMatchObject({ state });
  });

  it.each([
    ['failed', 'succeeded before it could be stopped', { status: 'Succeeded' as const }],
    ['pending', 'is still being stopped', { status: 'InProgress' as const, finishedAt: null }],
    ['pending', 'was stopped a moment ago', {}],
    ['failed', 'was stopped two minutes ago', { finishedAt: '2026-11-22T03:58:00.000Z' }],
  ])('is %s where the deployment %s', async (state, _, more) => {
    const deployments = [{ ...bad, ...more }];
    expect(await look('stop-deployment', 'd-BAD', { deployments, sets: serves })).toMatchObject({ state });
  });

  it.each([
    ['pending', 'what it took back is not gone yet', '2026-11-22T03:59:30.000Z', 'checkout:2'],
    ['due', 'what it took back stays for longer than that takes', '2026-11-22T03:54:30.000Z', 'checkout:2'],
    ['due', 'what is left is what is wanted', '2026-11-22T03:59:30.000Z', 'checkout:1'],
  ])('has cleared the way: %s where %s', async (state, _, finishedAt, left) => {
    const deployments = [{ ...rollback, finishedAt }, taken];
    const settings = { ...set.settings, taskDefinition: left };
    const sets = [...serves, { ...set, arn: 'left', isPrimary: false, externalId: 'd-BAD', settings }];
    expect(await look('redeploy', 'd-BACK', { deployments, sets })).toMatchObject({ state });
  });

  it('says that the deployment was faster than the stop', async () => {
    const deployments = [{ ...bad, status: 'Succeeded' as const }];
    expect(await look('stop-deployment', 'd-BAD', { deployments })).toMatchObject({
      reason: 'the deployment succeeded before it could be stopped',
    });
  });
});

describe('missing resources', () => {
  it.each([
    ['the service', { service: null }, { isGone: true }],
    ['the service, by and by', { service: { ...service, status: 'DRAINING' } }, { isGone: true }],
    ['the deployment', { deployments: [bad] }, {}],
  ])('%s: the way back has failed', async (_, seen, isGone) => {
    expect(await look('redeploy', 'd-OURS', seen)).toMatchObject({ state: 'failed', ...isGone });
  });
});
