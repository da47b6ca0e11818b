import type { CodeDeployment } from '../../../../../functions/mechanisms/ecs/code-deploy/code-deploy.ts';
import { recentDeployments } from '../../../../../functions/mechanisms/ecs/task-sets/reconcile.ts';
import type { TaskSet } from '../../../../../functions/mechanisms/ecs/task-sets/task-sets.ts';
import { setBehind } from '../external/task-sets.ts';
import { describe, expect, it } from 'vitest';
import { checkRequested } from '../../../../../functions/mechanisms/ecs/task-sets/revisions.ts';
import { createTaskSets } from '../../../../../functions/mechanisms/ecs/task-sets/sdk.ts';
import { toTaskSet } from '../../../../../functions/mechanisms/ecs/task-sets/from-aws.ts';

const FAMILY = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout';

describe('a task set as ECS shows it', () => {
  it.each([
    ['STEADY_STATE', true],
    ['STABILIZING', false],
    [undefined, false],
  ] as const)('is steady in %s: %s', (stabilityStatus, isSteady) => {
    expect(toTaskSet({ stabilityStatus })).toMatchObject({ isSteady });
  });

  it('is made again by its capacity providers, where it has any, and not by its launch type', () => {
    const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT' }];
    const { settings } = toTaskSet({ capacityProviderStrategy, launchType: 'FARGATE' });
    expect(settings).toMatchObject({ capacityProviderStrategy });
    expect(settings).not.toHaveProperty('launchType');
    expect(toTaskSet({ launchType: 'FARGATE' }).settings).toMatchObject({ launchType: 'FARGATE' });
  });

  it('is none any more while it drains', async () => {
    const taskSets = [
      { taskSetArn: 'going', status: 'DRAINING' },
      { taskSetArn: 'serving', status: 'PRIMARY' },
    ];
    const client = { send: () => Promise.resolve({ taskSets }) } as never;
    const sets = await createTaskSets(client).of({ cluster: 'prod', service: 'checkout' });
    expect(sets).toMatchObject([{ arn: 'serving', isPrimary: true }]);
  });
});

describe('a new task set', () => {
  const inputOf = async (execution: string) => {
    const sent: { readonly input: object }[] = [];
    const client = {
      send: (command: { input: object }) => Promise.resolve(sent.push(command) && {}),
    } as never;
    const settings = { taskDefinition: `${FAMILY}:7`, loadBalancers: [] };
    const externalId = `lastgood-${execution}`;
    await createTaskSets(client).create({ cluster: 'prod', service: 'checkout' }, settings, externalId);
    return sent[0]!.input as { readonly clientToken: string; readonly externalId: string };
  };

  it('has a valid token that is unique for each execution, however long its name is', async () => {
    const [long, same, other] = await Promise.all(
      ['x'.repeat(80), 'x'.repeat(80), `${'x'.repeat(79)}y`].map(inputOf),
    );
    expect(long!.clientToken).toMatch(/^[!-~]{1,36}$/);
    expect(same!.clientToken).toBe(long!.clientToken);
    expect(other!.clientToken).not.toBe(long!.clientToken);
    expect(long!.externalId).toBe(`lastgood-${'x'.repeat(80)}`);
  });
});

describe('a requested revision', () => {
  const ask =
    (wanted: string, images: readonly object[] = [{}]) =>
    () => {
      checkRequested({ get: () => ({ images }) as never }, wanted, `${FAMILY}:7`);
    };

  it('is a task definition of the family that runs', () => {
    expect(ask(`${FAMILY}:3`)).not.toThrow();
  });

  it.each([
    ['of another family', `${FAMILY}-admin:3`, [{}]],
    ['that ECS does not know', `${FAMILY}:3`, []],
  ])('is none %s', (_, wanted, images) => {
    expect(ask(wanted, images)).toThrow(
      expect.objectContaining({ name: 'InvalidRequest', field: 'request.revision' }) as Error,
    );
  });
});

describe('the sweep of a service that ECS does not deploy', () => {
  const at = (minute: number) => `2026-11-22T03:${String(minute).padStart(2, '0')}:00.000Z`;
  const primary = setBehind('blue', { isPrimary: true, createdAt: at(0), updatedAt: at(5) });
  const left = setBehind('green', { createdAt: at(10), externalId: 'd-FAILED' });
  const of = async (sets: readonly TaskSet[], status = 'Failed') => {
    const deployment = (id: string) =>
      Promise.resolve({
        id,
        status,
        createdAt: at(10),
        finishedAt: at(40),
        reason: 'timed out',
      } as CodeDeployment);
    const found = await recentDeployments(sets, { cluster: 'prod', service: 'checkout' }, { deployment });
    return found.map(({ deployment: of, state, at: time, target }) => [target, of, state, time].join(' '));
  };
  const serves = `ecs:prod/checkout set-blue completed ${at(5)}`;

  it('reports the serving task set', async () => {
    expect(await of([primary])).toEqual([serves]);
    expect(await of([{ ...primary, isSteady: false }])).toEqual([]);
    expect(await of([left])).toEqual([]);
  });

  it('reports a failed deployment that CodeDeploy left, because its events name only the deployment group', async () => {
    expect(await of([left, primary])).toEqual([serves, `ecs:prod/checkout d-FAILED failed ${at(40)}`]);
  });

  it.each([
    ['it is under way', left, 'InProgress'],
    ['it is older than what serves', { ...left, createdAt: '2026-11-22T02:00:00.000Z' }, 'Failed'],
    ['CodeDeploy did not make it', { ...left, externalId: 'other' }, 'Failed'],
  ])('reports no failure if %s', async (_, set, status) => {
    expect(await of([set, primary], status)).toEqual([serves]);
  });
});
