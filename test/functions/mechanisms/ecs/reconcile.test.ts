import { describe, expect, test } from 'vitest';
import {
  deployed,
  seenAmong,
  type Reads,
  type Seeing,
} from '../../../../functions/mechanisms/ecs/reconcile.ts';
import type {
  DeploymentLine,
  RevisionTasks,
  Service,
  ServiceRevision,
} from '../../../../functions/mechanisms/ecs/ecs.ts';
import { setBehind } from './external/task-sets.ts';
import { FakeEntries } from '../../../fakes/ledger.ts';

const COMPLETED = '2026-11-22T03:00:00.000Z';
const observation = {
  target: 'ecs:prod/checkout',
  deployment: 'ecs-svc/42',
  completedAt: COMPLETED,
  soakUntil: COMPLETED,
};
const service: Service = {
  arn: 'arn:aws:ecs:eu-west-1:111122223333:service/prod/checkout',
  status: 'ACTIVE',
  controller: 'ECS',
  desired: 2,
  running: 2,
  tags: { lastgood: 'auto' },
  alarms: ['checkout-5xx'],
  currentDeployment: null,
  revisions: [],
  bakeSeconds: 0,
  ...{ taskSets: [], rollouts: [], messages: [], graceSeconds: 0, breaker: null },
};
const line: DeploymentLine = {
  arn: 'deployment-42',
  status: 'SUCCESSFUL',
  reason: '',
  revision: 'revision-42',
  createdAt: COMPLETED,
  finishedAt: COMPLETED,
};
const revision = {
  arn: 'revision-42',
  serviceArn: service.arn,
  createdAt: COMPLETED,
  configuration: { taskDefinition: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:42' },
  images: [],
  targetGroups: [],
} as unknown as ServiceRevision;

const tasks = (name: string, running: number, requested = running): RevisionTasks => ({
  revision: `revision-${name}`,
  running,
  requested,
});
const ecsWith = (
  now: Service | null,
  lines: readonly DeploymentLine[] = [line],
  settings?: string,
): Reads => ({
  taskSets: { of: () => Promise.reject(new Error('ECS deploys it itself')) },
  service: () => Promise.resolve(now),
  deployments: () => Promise.resolve(lines),
  deployment: () => Promise.resolve(null),
  revisions: () => Promise.resolve([revision]),
  taskDefinition: (arn) =>
    Promise.resolve({
      arn,
      active: true,
      registeredAt: null,
      images: [],
      tags: {},
      settings: settings ?? arn,
      reads: [],
      traits: null,
    }),
});

const nothing = new FakeEntries(observation.target);

test('answers with the revision, the tags and the alarms of the service', async () => {
  expect(await deployed(ecsWith({ ...service, revisions: [tasks('42', 2)] }), nothing, observation)).toEqual({
    revision: { id: 'revision-42', name: 'checkout:42', content: expect.stringContaining('.') as string },
    runs: 'alone',
    tags: { lastgood: 'auto' },
    alarms: ['checkout-5xx'],
  });
});

describe('says whether it still runs', () => {
  test.each([
    ['alone', [tasks('42', 2), tasks('41', 0)]],
    ['gone', [tasks('43', 2)]],
    ['gone', [tasks('42', 0), tasks('43', 0, 2)]],
    ['unclear', [tasks('42', 2), tasks('43', 0, 2)]],
    ['unclear', []],
    ['unclear', [tasks('42', 0)]],
  ])('%s', async (runs, revisions) => {
    expect(await deployed(ecsWith({ ...service, revisions }), nothing, observation)).toMatchObject({ runs });
  });
});

test.each([
  ['the service is gone', null, [line]],
  ['the service is being deleted', { ...service, status: 'DRAINING' }, [line]],
  ['ECS knows no deployment of that time', service, []],
])('is null where %s', async (_why, now, lines) => {
  expect(await deployed(ecsWith(now, lines), nothing, observation)).toBeNull();
});

describe('content that was condemned under another id', () => {
  const bad = { ...revision, arn: 'revision-40', createdAt: '2026-11-21T03:00:00.000Z' };
  const condemned = new FakeEntries(observation.target);
  condemned.condemn(bad.arn);
  const answer = (found: ServiceRevision, settings?: string) => {
    const ecs = ecsWith({ ...service, revisions: [tasks('42', 2)] }, [line], settings);
    const revisions = (arns: readonly string[]) =>
      Promise.resolve([bad, found].filter(({ arn }) => arns.includes(arn)));
    return deployed({ ...ecs, revisions }, condemned, observation);
  };

  test('is named by that id, which stays condemned, and runs under its own', async () => {
    expect(await answer(revision)).toMatchObject({
      revision: { id: bad.arn, name: 'checkout:42' },
      runs: 'alone',
    });
  });

  test('is named so too where it was registered anew', async () => {
    const configuration = {
      taskDefinition: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:43',
    };
    const anew = { ...revision, configuration };
    expect(await answer(anew, 'equal')).toMatchObject({ revision: { id: bad.arn, name: 'checkout:43' } });
    expect(await answer(anew)).toMatchObject({ revision: { id: anew.arn } });
  });

  test('is another revision when its image is another', async () => {
    const images = [{ container: 'app', image: 'shop:latest', digest: 'sha256:fix' }];
    expect(await answer({ ...revision, images })).toMatchObject({ revision: { id: revision.arn } });
  });

  test('is named so too under a controller that makes no service revisions', async () => {
    const set = setBehind('blue', { arn: observation.deployment, isPrimary: true });
    const ecs = ecsWith({ ...service, controller: 'CODE_DEPLOY' }, [], 'equal');
    const answered = deployed(
      { ...ecs, taskSets: { of: () => Promise.resolve([set]) } },
      condemned,
      observation,
    );
    expect(await answered).toMatchObject({ revision: { id: bad.arn, name: 'checkout:1' }, runs: 'alone' });
  });
});

describe('recent deployments of opted-in services', () => {
  const PRIMARY = setBehind('blue', { arn: 'set-1', isPrimary: true, updatedAt: COMPLETED });
  const at = (minute: number) => `2026-11-22T03:0${minute}:00.000Z`;
  const rollouts: Service['rollouts'] = [
    {
      ...{ id: 'ecs-svc/2', isPrimary: true, state: 'IN_PROGRESS', createdAt: at(0) },
      ...{ desired: 2, pending: 0, running: 0, failedTasks: 0 },
    },
  ];
  const failed = [at(0), at(1), at(2)].map((createdAt) => ({
    ...{ startedBy: 'ecs-svc/2', createdAt, startedAt: null, stoppedAt: createdAt.replace(':00.', ':40.') },
    ...{ isUnhealthy: false, failure: 'not found' },
  }));
  const unasked = () => Promise.reject(new Error('not to be asked'));
  const see = (services: readonly Service[], more: Partial<Seeing> = {}) =>
    seenAmong(
      {
        services: {
          named: (names) => Promise.resolve(services.map((one, i) => ({ name: names[i]!, service: one }))),
        },
        ecs: { deployment: unasked },
        codeDeploy: { deployment: unasked },
        taskSets: { of: unasked },
        tasks: { stopped: unasked, all: unasked },
        now: () => at(5),
        ...more,
      },
      [
        { cluster: 'prod', service: 'checkout' },
        { cluster: 'prod', service: 'cart' },
      ],
    );

  test('is the task set that serves, where ECS does not deploy the service', async () => {
    const external = { ...service, controller: 'EXTERNAL' as const };
    expect(await see([external], { taskSets: { of: () => Promise.resolve([PRIMARY]) } })).toMatchObject([
      { target: 'ecs:prod/checkout', deployment: 'set-1', state: 'completed', at: COMPLETED },
    ]);
  });

  test('is a deployment that has stalled; a service at rest costs nothing more', async () => {
    const tasks = { stopped: () => Promise.resolve(failed), all: unasked };
    expect(await see([{ ...service, rollouts }, service], { tasks })).toMatchObject([
      { target: 'ecs:prod/checkout', deployment: 'ecs-svc/2', state: 'stalled', at: failed[2]!.stoppedAt },
    ]);
  });

  test('is nothing where a service is being deleted', async () => {
    expect(await see([{ ...service, rollouts, status: 'DRAINING' }])).toEqual([]);
  });
});
