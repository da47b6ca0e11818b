import { describe, expect, test } from 'vitest';
import type { Reads } from '../../../../../functions/mechanisms/ecs/sweep/ahead.ts';
import { deployed as deployedOf } from '../../../../../functions/mechanisms/ecs/sweep/deployed.ts';
import type {
  DeploymentLine,
  RevisionTasks,
  Service,
  ServiceRevision,
} from '../../../../../functions/mechanisms/ecs/ecs.ts';
import { setBehind } from '../external/task-sets.ts';
import { FakeEntries } from '../../../../fakes/ledger.ts';

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
  undoingAlarms: [],
  currentDeployment: null,
  revisions: [],
  bakeSeconds: 0,
  ...{ taskSets: [], rollouts: [], messages: [], graceSeconds: 0, breaker: null, dividesTraffic: false },
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
): Omit<Reads, 'entries'> => ({
  service: (name) => Promise.resolve(now && { name, service: now, sets: [] }),
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

const deployed = (ecs: Omit<Reads, 'entries'>, ledger: FakeEntries, observed: typeof observation) =>
  deployedOf({ ...ecs, entries: () => ledger.entries() }, observed);

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
    const ofCodeDeploy = { ...service, controller: 'CODE_DEPLOY' as const };
    const ecs: Omit<Reads, 'entries'> = {
      ...ecsWith(ofCodeDeploy, [], 'equal'),
      service: (name) => Promise.resolve({ name, service: ofCodeDeploy, sets: [set] }),
    };
    expect(await deployed(ecs, condemned, observation)).toMatchObject({
      revision: { id: bad.arn, name: 'checkout:1' },
      runs: 'alone',
    });
  });
});
