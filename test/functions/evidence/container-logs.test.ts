import type { ContainerDefinition, Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { containerLogs } from '../../../functions/evidence/ecs/container-logs.ts';
import { ecsReads } from '../../../functions/evidence/ecs/reads.ts';
import { gather } from '../../../functions/evidence/gather.ts';
import { ready } from '../../src/rollback/documents.ts';
import { awsError, client, never, planned } from './client.ts';

const LOGS = { 'awslogs-group': '/ecs/checkout', 'awslogs-stream-prefix': 'app' };

const defined = (
  logs: Partial<ContainerDefinition>,
  more: readonly ContainerDefinition[] = [],
): ContainerDefinition[] => [{ name: 'checkout', ...logs }, ...more];

const awslogs = (options: Readonly<Record<string, string>> = LOGS): ContainerDefinition => ({
  logConfiguration: { logDriver: 'awslogs', options },
});

const taskOf = (id: string, version = 42, more: Partial<Task> = {}): Task => ({
  taskArn: `arn:aws:ecs:eu-west-1:111122223333:task/prod/${id}`,
  taskDefinitionArn: `arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:${version}`,
  stoppingAt: new Date('2026-11-22T02:59:00Z'),
  containers: [{ name: 'checkout', exitCode: 1, runtimeId: `${id}-9` }],
  ...more,
});

interface Situation {
  readonly stopped?: readonly Task[];
  readonly running?: readonly Task[];
  readonly containers?: readonly ContainerDefinition[];
  readonly answer?: unknown;
  readonly tasks?: null;
}

/** Reads the logs in a situation; returns what was found and which streams were asked for. */
function read({ stopped = [], running = [], containers = defined(awslogs()), answer, tasks }: Situation) {
  const listed = (status: unknown) => (status === 'STOPPED' ? stopped : running);
  let status: unknown;
  const { client: ecs } = client({
    ListTasks: ({ desiredStatus }: { desiredStatus: string }) => {
      status = desiredStatus;
      return { taskArns: listed(desiredStatus).map(({ taskArn }) => taskArn) };
    },
    DescribeTasks: () => ({ tasks: listed(status) }),
    DescribeTaskDefinition: { taskDefinition: { containerDefinitions: containers } },
  });
  const logs = client({ GetLogEvents: answer ?? { events: [{ message: 'one' }, { message: '' }, {}] } });
  const watch =
    tasks === null ? ready.watch : { ...ready.watch, tasks: { cluster: 'prod', service: 'checkout' } };
  const source = containerLogs(ecsReads(ecs), logs.client, 'eu-west-1');
  const rollback = planned('ecs:prod/checkout', { watch });
  return {
    source,
    rollback,
    found: () => source.read(rollback, never),
    asked: () =>
      logs.calls.map(({ input }) => `${String(input['logGroupName'])} ${String(input['logStreamName'])}`),
    logs,
  };
}

describe('the logs of containers', () => {
  it('are those of containers that failed at the revision at fault, at most three, newest first', async () => {
    const at = (id: string, time: string, version?: number) =>
      taskOf(id, version, { stoppingAt: new Date(`2026-11-22T${time}Z`) });
    const stopped = [
      at('a1', '02:50:00'),
      at('b2', '02:59:00'),
      at('c3', '02:58:00'),
      at('d4', '02:57:00'),
      at('old', '02:59:30', 41),
    ];
    const { found, asked } = read({ stopped });
    expect((await found()).lines).toEqual(['b2', 'c3', 'd4'].map((id) => `checkout of task ${id}: one`));
    expect(asked()).toEqual(['b2', 'c3', 'd4'].map((id) => `/ecs/checkout app/checkout/${id}`));
  });

  it('are the last lines, oldest first, without control characters', async () => {
    const events = [{ message: '\u001b[31mTypeError\u001b[0m: x\n' }, { message: 'at y' }];
    const { found, logs } = read({ stopped: [taskOf('a1')], answer: { events } });
    expect(await found()).toMatchObject({
      lines: ['checkout of task a1: TypeError: x', 'checkout of task a1: at y'],
      traces: { logs: ['TypeError: x', 'at y'] },
    });
    expect(logs.calls[0]?.input).toMatchObject({ limit: 12, startFromHead: false });
  });

  it('are those of the container that ended its task, and not of its sidecar', async () => {
    const sidecar = { name: 'envoy', ...awslogs({ ...LOGS, 'awslogs-group': '/ecs/envoy' }) };
    const containers = [
      { name: 'envoy', exitCode: 0 },
      { name: 'checkout', exitCode: 1 },
    ];
    const { found, asked } = read({
      stopped: [taskOf('a1', 42, { containers })],
      containers: defined(awslogs(), [sidecar]),
    });
    await found();
    expect(asked()).toEqual(['/ecs/checkout app/checkout/a1']);
  });

  it('are those of essential containers that run where none failed', async () => {
    const helper: ContainerDefinition = { name: 'helper', essential: false, ...awslogs() };
    const running = [
      taskOf('a1', 42, { containers: [{ name: 'helper' }, { name: 'checkout' }] }),
      taskOf('old', 41),
    ];
    const neverStarted = taskOf('n0', 42, {
      containers: [{ name: 'checkout', reason: 'CannotPullContainerError' }],
    });
    const { found, asked } = read({
      stopped: [neverStarted],
      running,
      containers: defined(awslogs(), [helper]),
    });
    await found();
    expect(asked()).toEqual(['/ecs/checkout app/checkout/a1']);
  });

  it('have a stream by the id of the container where the driver has no prefix', async () => {
    const { found, asked } = read({
      stopped: [taskOf('a1')],
      containers: defined(awslogs({ 'awslogs-group': '/ecs/checkout' })),
    });
    await found();
    expect(asked()).toEqual(['/ecs/checkout a1-9']);
  });

  it('are empty where a container never wrote a line', async () => {
    const { found } = read({ stopped: [taskOf('a1')], answer: awsError('ResourceNotFoundException') });
    expect(await found()).toMatchObject({ lines: [], traces: { logs: [] } });
  });

  it.each<[string, Situation, string]>([
    [
      'another driver',
      { containers: defined({ logConfiguration: { logDriver: 'awsfirelens' } }) },
      'log driver awsfirelens',
    ],
    ['no driver', { containers: defined({}) }, 'log driver none'],
    ['no group', { containers: defined(awslogs({})) }, 'log driver awslogs'],
    [
      'another Region',
      { containers: defined(awslogs({ ...LOGS, 'awslogs-region': 'us-east-1' })) },
      'logs to us-east-1',
    ],
    ['no permission', { answer: awsError('AccessDeniedException', 'not authorized') }, 'not authorized'],
  ])('are missing with %s, and the reason says so', async (_, situation, reason) => {
    await expect(read({ stopped: [taskOf('a1')], ...situation }).found()).rejects.toThrow(reason);
  });

  it('are not read for a target without tasks', async () => {
    const { found, asked } = read({ stopped: [taskOf('a1')], tasks: null });
    expect(await found()).toEqual({ lines: [] });
    expect(asked()).toEqual([]);
  });

  it('are masked by their own reading of the definition, though no other source answers', async () => {
    const environment = [{ name: 'DB_LOGIN', value: 'open-sesame' }];
    const { source, rollback } = read({
      stopped: [taskOf('a1')],
      containers: defined({ ...awslogs(), environment, secrets: [{ name: 'PIN', valueFrom: 'x' }] }),
      answer: { events: [{ message: 'login open-sesame' }, { message: 'PIN=1234' }] },
    });
    const { found } = await gather(rollback, [source], '2026-11-22T03:00:00.000Z', never);
    expect(found[0]?.lines).toEqual(['checkout of task a1: login ***', 'checkout of task a1: PIN=***']);
  });
});
