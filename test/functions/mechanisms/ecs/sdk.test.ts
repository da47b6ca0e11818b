import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { createRegistry } from '../../../../functions/mechanisms/ecs/ecr.ts';
import { createEcs } from '../../../../functions/mechanisms/ecs/sdk.ts';
import { awsError } from '../../../fakes/ecs.ts';

const name = { cluster: 'prod', service: 'checkout' };
const at = (text: string) => new Date(text);

interface Call {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

/** Creates a client that returns these answers in order, and throws an Error among them. */
function answering<T extends ECSClient | ECRClient>(
  client: T,
  answers: readonly unknown[],
): { client: T; calls: Call[] } {
  const calls: Call[] = [];
  const send = (command: { input: Record<string, unknown> }) => {
    const answer = answers[calls.length];
    calls.push({ operation: command.constructor.name.replace('Command', ''), input: command.input });
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { client: Object.assign(client, { send }), calls };
}

function ecsAnswering(...answers: readonly unknown[]) {
  const { client, calls } = answering(new ECSClient({ region: 'eu-west-1' }), answers);
  return { ecs: createEcs(client), calls };
}

describe('reads', () => {
  it('reads a service with its tags, alarms and counts by revision', async () => {
    const service = {
      serviceArn: 'arn:service',
      status: 'ACTIVE',
      desiredCount: 4,
      runningCount: 3,
      tags: [{ key: 'lastgood', value: 'auto' }],
      currentServiceDeployment: 'arn:deployment',
      currentServiceRevisions: [{ arn: 'arn:revision', requestedTaskCount: 4, runningTaskCount: 3 }],
      deploymentConfiguration: {
        alarms: { enable: true, rollback: true, alarmNames: ['5xx'] },
        strategy: 'LINEAR',
        bakeTimeInMinutes: 5,
        linearConfiguration: { stepPercent: 30, stepBakeTimeInMinutes: 2 },
        deploymentCircuitBreaker: { enable: true, rollback: true },
      },
      healthCheckGracePeriodSeconds: 30,
      deployments: [
        {
          ...{ id: 'ecs-svc/2', status: 'PRIMARY', rolloutState: 'IN_PROGRESS', createdAt: at('2026-11-22') },
          ...{ desiredCount: 4, pendingCount: 1, runningCount: 2, failedTasks: 5 },
        },
        { id: 'ecs-svc/1', status: 'ACTIVE' },
      ],
      events: [{ id: 'e-1', createdAt: at('2026-11-22'), message: '(service checkout) has started 1 tasks' }],
    };
    const { ecs, calls } = ecsAnswering({ services: [service] });
    expect(await ecs.service(name)).toEqual({
      arn: 'arn:service',
      status: 'ACTIVE',
      controller: 'ECS',
      desired: 4,
      running: 3,
      tags: { lastgood: 'auto' },
      alarms: ['5xx'],
      currentDeployment: 'arn:deployment',
      revisions: [{ revision: 'arn:revision', requested: 4, running: 3 }],
      bakeSeconds: (5 + 4 * 2) * 60,
      dividesTraffic: true,
      undoingAlarms: ['5xx'],
      rollouts: [
        {
          ...{
            id: 'ecs-svc/2',
            isPrimary: true,
            state: 'IN_PROGRESS',
            createdAt: '2026-11-22T00:00:00.000Z',
          },
          ...{ desired: 4, pending: 1, running: 2, failedTasks: 5 },
        },
        {
          ...{ id: 'ecs-svc/1', isPrimary: false, createdAt: '1970-01-01T00:00:00.000Z' },
          ...{ desired: 0, pending: 0, running: 0, failedTasks: 0 },
        },
      ],
      messages: [{ at: '2026-11-22T00:00:00.000Z', text: '(service checkout) has started 1 tasks' }],
      taskSets: [],
      graceSeconds: 30,
      breaker: 3,
    });
    expect(calls).toEqual([
      {
        operation: 'DescribeServices',
        input: { cluster: 'prod', services: ['checkout'], include: ['TAGS'] },
      },
    ]);
  });

  it.each([
    [undefined, 4, null],
    [{ enable: false }, 4, null],
    [{ enable: true }, 4, 3],
    [{ enable: true }, 20, 10],
    [{ enable: true }, 1000, 200],
    [{ enable: true, thresholdConfiguration: { type: 'UNBOUNDED_PERCENT', value: 25 } }, 4, 1],
    [{ enable: true, thresholdConfiguration: { type: 'BOUNDED_PERCENT', value: 80 } }, 10, 8],
    [{ enable: true, thresholdConfiguration: { type: 'COUNT', value: 7 } }, 4, 7],
  ])('reads when a circuit breaker trips: %j of %i tasks', async (breaker, desiredCount, trips) => {
    const deploymentConfiguration = { deploymentCircuitBreaker: breaker };
    const { ecs } = ecsAnswering({ services: [{ desiredCount, deploymentConfiguration }] });
    expect(await ecs.service(name)).toMatchObject({ breaker: trips });
  });

  it('finds no missing service, nor one of a missing cluster', async () => {
    const { ecs } = ecsAnswering(
      { services: [], failures: [{ reason: 'MISSING' }] },
      awsError('ClusterNotFoundException'),
    );
    expect(await ecs.service(name)).toBeNull();
    expect(await ecs.service(name)).toBeNull();
  });

  it('ignores alarms that are not enabled', async () => {
    const { ecs } = ecsAnswering({
      services: [{ deploymentConfiguration: { alarms: { enable: false, alarmNames: ['5xx'] } } }],
    });
    expect(await ecs.service(name)).toMatchObject({ alarms: [] });
  });

  it('reads all pages of deployments and puts the newest first', async () => {
    const line = (arn: string, created: string) => ({
      serviceDeploymentArn: arn,
      targetServiceRevisionArn: `${arn}-r`,
      status: 'SUCCESSFUL',
      createdAt: at(created),
      finishedAt: at(created),
    });
    const { ecs, calls } = ecsAnswering(
      { serviceDeployments: [line('old', '2026-11-20T00:00:00Z')], nextToken: 'more' },
      { serviceDeployments: [line('new', '2026-11-21T00:00:00Z')] },
    );
    const lines = await ecs.deployments(name, '2026-11-01T00:00:00.000Z');
    expect(lines.map(({ arn }) => arn)).toEqual(['new', 'old']);
    expect(lines[0]).toEqual({
      arn: 'new',
      status: 'SUCCESSFUL',
      reason: '',
      revision: 'new-r',
      createdAt: '2026-11-21T00:00:00.000Z',
      finishedAt: '2026-11-21T00:00:00.000Z',
    });
    expect(calls.map(({ input }) => input['nextToken'])).toEqual([undefined, 'more']);
    expect(calls[0]?.input['createdAt']).toEqual({ after: at('2026-11-01T00:00:00Z') });
  });

  it.each([
    ['in order of time, for the rest is older', [...Array(100).keys()], 1],
    ['in another order, for the newest may follow', [...Array(100).keys()].toReversed(), 2],
  ])('reads no page after a full one %s', async (_, minutes, pages) => {
    const page = minutes.map((minute) => ({
      serviceDeploymentArn: `d${minute}`,
      status: 'SUCCESSFUL' as const,
      createdAt: new Date(Date.parse('2026-11-20T10:00:00Z') - minute * 60_000),
    }));
    const { ecs, calls } = ecsAnswering(
      { serviceDeployments: page, nextToken: 'more' },
      { serviceDeployments: [] },
    );
    expect((await ecs.deployments(name))[0]?.arn).toBe('d0');
    expect(calls).toHaveLength(pages);
  });

  it('reads a deployment with its sources, its rollback and the hook that waits', async () => {
    const { ecs } = ecsAnswering({
      serviceDeployments: [
        {
          serviceDeploymentArn: 'arn:d',
          status: 'ROLLBACK_IN_PROGRESS',
          statusReason: 'breaker',
          createdAt: at('2026-11-21T00:00:00Z'),
          targetServiceRevision: { arn: 'arn:bad' },
          sourceServiceRevisions: [{ arn: 'arn:good', requestedTaskCount: 2, runningTaskCount: 1 }],
          rollback: { serviceRevisionArn: 'arn:good', startedAt: at('2026-11-21T00:02:00Z') },
          lifecycleHookDetails: [
            { hookId: 'h1', status: 'SUCCEEDED' },
            { hookId: 'h2', status: 'AWAITING_ACTION' },
          ],
        },
      ],
    });
    expect(await ecs.deployment('arn:d')).toEqual({
      arn: 'arn:d',
      status: 'ROLLBACK_IN_PROGRESS',
      reason: 'breaker',
      revision: 'arn:bad',
      createdAt: '2026-11-21T00:00:00.000Z',
      finishedAt: null,
      sources: [{ revision: 'arn:good', requested: 2, running: 1 }],
      rollbackRevision: 'arn:good',
      rollbackStartedAt: '2026-11-21T00:02:00.000Z',
      pausedAtHook: 'h2',
      endedByItself: false,
      takesAll: false,
    });
  });

  it.each([
    [{ minimumHealthyPercent: 0, maximumPercent: 100 }, true],
    [{ minimumHealthyPercent: 0 }, false],
    [{ strategy: 'ROLLING', minimumHealthyPercent: 0, maximumPercent: 100 }, true],
    [{ strategy: 'CANARY', minimumHealthyPercent: 0 }, false],
    [{ minimumHealthyPercent: 50, maximumPercent: 100 }, false],
    [undefined, false],
  ])('reads whether a deployment stops every task first: %j', async (deploymentConfiguration, takesAll) => {
    const { ecs } = ecsAnswering({
      serviceDeployments: [{ serviceDeploymentArn: 'arn:d', status: 'SUCCESSFUL', deploymentConfiguration }],
    });
    expect(await ecs.deployment('arn:d')).toMatchObject({ takesAll });
  });

  it.each([
    [{ deploymentCircuitBreaker: { status: 'TRIGGERED' } }, true],
    [{ alarms: { status: 'TRIGGERED', triggeredAlarmNames: ['5xx'] } }, true],
    [{ deploymentCircuitBreaker: { status: 'MONITORING_COMPLETE' }, alarms: { status: 'DISABLED' } }, false],
  ])('reads who ended a deployment: %j', async (monitors, endedByItself) => {
    const { ecs } = ecsAnswering({
      serviceDeployments: [{ serviceDeploymentArn: 'arn:d', status: 'ROLLBACK_SUCCESSFUL', ...monitors }],
    });
    expect(await ecs.deployment('arn:d')).toMatchObject({ endedByItself });
  });

  it('reads a revision as what UpdateService can bring back, with its images and resolved target groups', async () => {
    const loadBalancers = [{ targetGroupArn: 'blue', containerName: 'app', containerPort: 80 }];
    const { ecs } = ecsAnswering({
      serviceRevisions: [
        {
          serviceRevisionArn: 'arn:r',
          createdAt: new Date('2026-11-21T00:00:00.000Z'),
          serviceArn: 'arn:service',
          taskDefinition: 'checkout:41',
          loadBalancers,
          guardDutyEnabled: true,
          platformFamily: 'Linux',
          containerImages: [{ containerName: 'app', image: 'nginx' }],
          resolvedConfiguration: { loadBalancers: [{ targetGroupArn: 'green' }] },
        },
      ],
    });
    expect(await ecs.revisions(['arn:r'])).toEqual([
      {
        arn: 'arn:r',
        createdAt: '2026-11-21T00:00:00.000Z',
        serviceArn: 'arn:service',
        configuration: { taskDefinition: 'checkout:41', loadBalancers },
        images: [{ container: 'app', image: 'nginx', digest: null }],
        targetGroups: ['green'],
      },
    ]);
  });

  it('takes a task definition that was deleted for good as not active', async () => {
    const { ecs } = ecsAnswering(
      {
        taskDefinition: {
          status: 'ACTIVE',
          registeredAt: at('2026-11-20T00:00:00Z'),
          containerDefinitions: [{ name: 'app', image: 'checkout:v1' }],
        },
        tags: [{ key: 'a', value: 'b' }],
      },
      awsError('ClientException'),
    );
    expect(await ecs.taskDefinition('checkout:41')).toEqual({
      arn: 'checkout:41',
      active: true,
      registeredAt: '2026-11-20T00:00:00.000Z',
      images: [{ container: 'app', image: 'checkout:v1', digest: null }],
      tags: { a: 'b' },
      settings: expect.any(String) as string,
      reads: [],
      traits: { 'image of app': { shown: 'checkout:v1' }, 'command of app': { hidden: '[[],[]]' } },
    });
    expect(await ecs.taskDefinition('checkout:40')).toEqual({
      arn: 'checkout:40',
      active: false,
      registeredAt: null,
      images: [],
      tags: {},
      settings: null,
      reads: [],
      traits: null,
    });
  });

  it('describes deployments in one call, newest first, and asks for none with none', async () => {
    const one = (arn: string, day: number) => ({
      serviceDeploymentArn: arn,
      createdAt: at(`2026-11-${day}T00:00:00Z`),
    });
    const { ecs, calls } = ecsAnswering({ serviceDeployments: [one('old', 20), one('new', 21)] });
    expect(await ecs.describedDeployments([])).toEqual([]);
    const found = await ecs.describedDeployments(['new', 'old', 'gone']);
    expect(found.map(({ arn }) => arn)).toEqual(['new', 'old']);
    expect(calls).toEqual([
      {
        operation: 'DescribeServiceDeployments',
        input: { serviceDeploymentArns: ['new', 'old', 'gone'] },
      },
    ]);
  });

  it('passes errors on', async () => {
    const { ecs } = ecsAnswering(
      awsError('ThrottlingException'),
      awsError('ThrottlingException'),
      awsError('ThrottlingException'),
    );
    await expect(ecs.service(name)).rejects.toThrow('ThrottlingException');
    await expect(ecs.deployments(name)).rejects.toThrow('ThrottlingException');
    await expect(ecs.taskDefinition('checkout:41')).rejects.toThrow('ThrottlingException');
  });
});

describe('writes', () => {
  it('stops with a rollback, and answers a hook with one', async () => {
    const { ecs, calls } = ecsAnswering({}, {});
    await ecs.stopDeployment('arn:d');
    await ecs.rollBackAtHook('arn:d', 'h2');
    expect(calls).toEqual([
      { operation: 'StopServiceDeployment', input: { serviceDeploymentArn: 'arn:d', stopType: 'ROLLBACK' } },
      {
        operation: 'ContinueServiceDeployment',
        input: { serviceDeploymentArn: 'arn:d', hookId: 'h2', action: 'ROLLBACK' },
      },
    ]);
  });

  it('updates with the changes only, forced only on request', async () => {
    const { ecs, calls } = ecsAnswering({}, {});
    await ecs.update(name, { taskDefinition: 'checkout:41' }, false);
    await ecs.update(name, { taskDefinition: 'checkout:41' }, true);
    const sent = { ...name, taskDefinition: 'checkout:41' };
    expect(calls.map(({ input }) => input)).toEqual([sent, { ...sent, forceNewDeployment: true }]);
  });
});

describe('the registry', () => {
  const image = { account: '111122223333', region: 'eu-west-1', repository: 'checkout', by: { tag: 'v1' } };
  const asking = (answer: unknown) =>
    createRegistry(answering(new ECRClient({ region: 'eu-west-1' }), [answer]).client).find(image);

  it('answers with the digest, whether it can be pulled and when it was pushed', async () => {
    expect(await asking({ imageDetails: [{ imageDigest: 'sha256:1' }] })).toEqual({
      digest: 'sha256:1',
      pullable: true,
      pushedAt: null,
    });
    const imagePushedAt = at('2026-11-20T00:00:00Z');
    expect(await asking({ imageDetails: [{ imageDigest: 'sha256:1', imagePushedAt }] })).toMatchObject({
      pushedAt: '2026-11-20T00:00:00.000Z',
    });
    expect(
      await asking({ imageDetails: [{ imageDigest: 'sha256:1', imageStatus: 'ARCHIVED' }] }),
    ).toMatchObject({ pullable: false });
  });

  it.each(['ImageNotFoundException', 'RepositoryNotFoundException'])('takes %s for gone', async (error) => {
    expect(await asking(awsError(error))).toBeNull();
  });

  it('passes other errors on', async () => {
    await expect(asking(awsError('ThrottlingException'))).rejects.toThrow('ThrottlingException');
  });
});
