import { describe, expect, test } from 'vitest';
import { deployed, type Reads } from '../../../../functions/mechanisms/ecs/swept.ts';
import type {
  DeploymentLine,
  RevisionTasks,
  Service,
  ServiceRevision,
} from '../../../../functions/mechanisms/ecs/ecs.ts';

const COMPLETED = '2026-11-22T03:00:00.000Z';
const sighting = {
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
  configuration: { taskDefinition: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:42' },
  images: [],
  targetGroups: [],
} as unknown as ServiceRevision;

const tasks = (name: string, running: number, requested = running): RevisionTasks => ({
  revision: `revision-${name}`,
  running,
  requested,
});
const ecsWith = (now: Service | null, lines: readonly DeploymentLine[] = [line]): Reads => ({
  taskSets: { of: () => Promise.reject(new Error('ECS deploys it itself')) },
  service: () => Promise.resolve(now),
  deployments: () => Promise.resolve(lines),
  deployment: () => Promise.resolve(null),
  revisions: () => Promise.resolve([revision]),
});

test('answers with the revision, the tags and the alarms of the service', async () => {
  expect(await deployed(ecsWith({ ...service, revisions: [tasks('42', 2)] }), sighting)).toEqual({
    revision: { id: 'revision-42', name: 'checkout:42' },
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
    expect(await deployed(ecsWith({ ...service, revisions }), sighting)).toMatchObject({ runs });
  });
});

test.each([
  ['the service is gone', null, [line]],
  ['the service is being deleted', { ...service, status: 'DRAINING' }, [line]],
  ['ECS knows no deployment of that time', service, []],
])('is null where %s', async (_why, now, lines) => {
  expect(await deployed(ecsWith(now, lines), sighting)).toBeNull();
});
