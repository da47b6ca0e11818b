import { describe, expect, it } from 'vitest';
import { CodeDeployWorld, NAMES, at } from './codedeploy-world.ts';

const ROLLS_BACK = {
  autoRollbackConfiguration: {
    enabled: true,
    events: ['DEPLOYMENT_FAILURE' as const, 'DEPLOYMENT_STOP_ON_ALARM' as const],
  },
};
const WATCHED = { alarmConfiguration: { enabled: true, alarms: [{ name: 'errors' }] } };

function states({ events }: CodeDeployWorld, deploymentId: string): unknown[] {
  return events
    .filter(({ detail }) => detail['deploymentId'] === deploymentId)
    .map(({ detail }) => detail['state']);
}

describe('a deployment in place', () => {
  it('proceeds from instance to instance, and publishes events', async () => {
    const world = new CodeDeployWorld();
    const id = world.deploy('v1');
    expect(world.show(id).status).toBe('Created');
    await world.pass(15);
    expect(world.show(id)).toMatchObject({
      status: 'InProgress',
      deploymentOverview: { Pending: 3, InProgress: 1, Succeeded: 0 },
    });
    await world.ended();
    expect(world.show(id)).toMatchObject({ status: 'Succeeded', deploymentOverview: { Succeeded: 4 } });
    expect(states(world, id)).toEqual(['START', 'SUCCESS']);
  });

  it('fails when more instances fail than may', async () => {
    const world = new CodeDeployWorld();
    const id = world.deploy('v1', { validateService: 'fails' });
    await world.ended();
    expect(world.show(id)).toMatchObject({
      status: 'Failed',
      errorInformation: { code: 'HEALTH_CONSTRAINTS' },
      deploymentOverview: { Failed: 1, Pending: 3 },
    });
    expect(states(world, id)).toEqual(['START', 'FAILURE']);
  });

  it('fails at the download when the bundle is missing', async () => {
    const world = new CodeDeployWorld();
    const id = world.deploy('v1');
    world.world.bundles.remove('bundles', 'v1.zip');
    await world.ended();
    const { targetIds = [] } = world.call('ListDeploymentTargets', {
      deploymentId: id,
      targetFilters: { TargetStatus: ['Failed'] },
    });
    const { deploymentTargets = [] } = world.call('BatchGetDeploymentTargets', {
      deploymentId: id,
      targetIds,
    });
    const last = deploymentTargets[0]?.instanceTarget?.lifecycleEvents?.at(-1);
    expect(last).toMatchObject({ lifecycleEventName: 'DownloadBundle', status: 'Failed' });
  });

  it('runs ApplicationStop of the previous bundle, which can block the next one, unless it is ignored', async () => {
    const world = new CodeDeployWorld();
    world.deploy('v1', { applicationStop: 'fails' });
    await world.ended();
    world.deploy('v2');
    expect(await world.ended()).toMatchObject({ status: 'Failed' });
    world.deploy('v2', {}, { ignoreApplicationStopFailures: true });
    expect(await world.ended()).toMatchObject({ status: 'Succeeded' });
  });

  it('is the only one at a time', () => {
    const world = new CodeDeployWorld();
    world.deploy('v1');
    expect(() => world.deploy('v2')).toThrow(
      expect.objectContaining({ code: 'DeploymentLimitExceededException' }),
    );
  });
});

describe('stopping', () => {
  it('takes a moment; then it is rolled back by a deployment of its own', async () => {
    const world = new CodeDeployWorld();
    world.deploy('v1');
    await world.ended();
    const id = world.deploy('v2');
    await world.pass(20);
    expect(world.call('StopDeployment', { deploymentId: id, autoRollbackEnabled: true }).status).toBe(
      'Pending',
    );
    expect(world.show(id).status).toBe('InProgress');
    await world.pass(10);
    const { status, errorInformation, rollbackInfo } = world.show(id);
    expect([status, errorInformation?.code]).toEqual(['Stopped', 'MANUAL_STOP']);
    const rollback = world.show(rollbackInfo!.rollbackDeploymentId!);
    expect(rollback).toMatchObject({
      creator: 'codeDeployRollback',
      revision: at('v1'),
      rollbackInfo: { rollbackTriggeringDeploymentId: id },
    });
    expect(await world.ended()).toMatchObject({ deploymentId: rollback.deploymentId, status: 'Succeeded' });
    expect(states(world, id)).toEqual(['START', 'STOP']);
  });

  it('leaves it where it is without a rollback', async () => {
    const world = new CodeDeployWorld();
    world.deploy('v1');
    await world.ended();
    const id = world.deploy('v2');
    await world.pass(20);
    world.call('StopDeployment', { deploymentId: id, autoRollbackEnabled: false });
    expect((await world.ended()).rollbackInfo).toEqual({});
  });

  it('is refused once it has ended', async () => {
    const world = new CodeDeployWorld();
    const deploymentId = world.deploy('v1');
    await world.ended();
    expect(() => world.call('StopDeployment', { deploymentId })).toThrow(
      expect.objectContaining({ code: 'DeploymentAlreadyCompletedException' }),
    );
  });

  it('reports that there is no rollback target', async () => {
    const world = new CodeDeployWorld();
    const id = world.deploy('v1');
    await world.pass(20);
    world.call('StopDeployment', { deploymentId: id, autoRollbackEnabled: true });
    await world.ended();
    expect(world.show(id).rollbackInfo).toEqual({ rollbackMessage: expect.any(String) as string });
  });
});

describe('alarms', () => {
  it('stop a deployment, also one that begins while they are red, and say which', async () => {
    const world = new CodeDeployWorld(WATCHED);
    world.alarm('errors');
    const id = world.deploy('v1');
    await world.ended();
    expect(world.show(id)).toMatchObject({
      status: 'Stopped',
      errorInformation: { code: 'ALARM_ACTIVE', message: expect.stringContaining('errors') as string },
    });
  });

  it('do not stop one that overrides them', async () => {
    const world = new CodeDeployWorld(WATCHED);
    world.alarm('errors');
    world.deploy('v1', {}, { overrideAlarmConfiguration: { enabled: false } });
    expect(await world.ended()).toMatchObject({ status: 'Succeeded' });
  });

  it('roll back where that is configured, and do not stop the rollback', async () => {
    const world = new CodeDeployWorld({ ...WATCHED, ...ROLLS_BACK });
    world.deploy('v1', {}, { overrideAlarmConfiguration: { enabled: false } });
    await world.ended();
    const id = world.deploy('v2');
    await world.pass(10);
    world.alarm('errors');
    expect(await world.ended()).toMatchObject({ creator: 'codeDeployRollback', status: 'Succeeded' });
    expect(world.show(id).status).toBe('Stopped');
  });
});

describe('what is shown', () => {
  it.each([
    ['AppSpecContent', 'appSpecContent'],
    ['String', 'string'],
  ] as const)(
    'never has the content of an AppSpec of the type %s, which the application revision has',
    (...type) => {
      const [revisionType, property] = type;
      const { world } = new CodeDeployWorld();
      const run = (operation: string, input: object) =>
        world.codedeploy.operations[operation]!.run(input as never, { role: 'operator' }) as never;
      const lambda = (operation: string, input: object) =>
        world.lambda.operations[operation]!.run(input as never, { role: 'operator' });
      lambda('CreateFunction', { FunctionName: 'api', Role: 'arn:aws:iam::111122223333:role/api', Code: {} });
      const names = { applicationName: 'api', deploymentGroupName: 'live' };
      run('CreateApplication', { applicationName: 'api', computePlatform: 'Lambda' });
      run('CreateDeploymentGroup', { ...names, deploymentStyle: { deploymentType: 'BLUE_GREEN' } });
      const Properties = { Name: 'api', Alias: 'live', CurrentVersion: '1', TargetVersion: '2' };
      const content = JSON.stringify({ Resources: [{ api: { Properties } }] });
      const revision = { revisionType, [property]: { content } };
      const { deploymentId } = run('CreateDeployment', { ...names, revision });
      const { deploymentInfo } = run('GetDeployment', { deploymentId }) as {
        deploymentInfo: { revision: Record<typeof property, { content?: string; sha256: string }> };
      };
      expect(Object.keys(deploymentInfo.revision[property])).toEqual(['sha256']);
      const found = run('GetApplicationRevision', {
        applicationName: 'api',
        revision: deploymentInfo.revision,
      }) as { revision: Record<typeof property, { content: string }> };
      expect(found.revision[property].content).toBe(content);
      const unknown = { revisionType, [property]: { sha256: 'unknown' } };
      const batch = run('BatchGetApplicationRevisions', {
        applicationName: 'api',
        revisions: [deploymentInfo.revision, unknown],
      }) as { revisions: { revisionLocation: object }[]; errorMessage?: string };
      expect(batch.revisions.map(({ revisionLocation }) => revisionLocation)).toEqual([found.revision]);
      expect(batch.errorMessage).toMatch(/could not be found/);
    },
  );

  it('has the last deployments of a group', async () => {
    const world = new CodeDeployWorld();
    const good = world.deploy('v1');
    await world.ended();
    const bad = world.deploy('v2', { validateService: 'fails' });
    await world.ended();
    expect(world.call('GetDeploymentGroup', NAMES).deploymentGroupInfo).toMatchObject({
      targetRevision: at('v1'),
      lastSuccessfulDeployment: { deploymentId: good, status: 'Succeeded' },
      lastAttemptedDeployment: { deploymentId: bad, status: 'Failed' },
    });
  });
});

describe('the list of deployments', () => {
  it('is of the account where neither an application nor a group is named', async () => {
    const world = new CodeDeployWorld();
    const first = world.deploy('v1');
    await world.ended();
    world.call('CreateDeploymentGroup', {
      ...NAMES,
      deploymentGroupName: 'other',
      serviceRoleArn: 'arn',
      ec2TagFilters: [{ Key: 'app', Value: 'shop' }],
    });
    const second = world.call('CreateDeployment', {
      ...NAMES,
      deploymentGroupName: 'other',
      revision: at('v1'),
    });
    expect(world.call('ListDeployments', {}).deployments).toEqual([second.deploymentId, first]);
    expect(world.call('ListDeployments', NAMES).deployments).toEqual([first]);
    const running = { includeOnlyStatuses: ['Created', 'Queued', 'InProgress'] };
    expect(world.call('ListDeployments', running).deployments).toEqual([second.deploymentId]);
  });

  it('is refused where only one of them is named', () => {
    const world = new CodeDeployWorld();
    const refusal = (input: object) => {
      try {
        world.call('ListDeployments', input);
      } catch (error) {
        return (error as { code?: string }).code;
      }
      return null;
    };
    const { applicationName, deploymentGroupName } = NAMES;
    expect(refusal({ applicationName })).toBe('DeploymentGroupNameRequiredException');
    expect(refusal({ deploymentGroupName })).toBe('ApplicationNameRequiredException');
  });
});
