import type { Container, Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { alarmHistory } from '../../../functions/evidence/alarm-history.ts';
import { culprit, inWords } from '../../../functions/evidence/ecs/culprit.ts';
import { ecsReads } from '../../../functions/evidence/ecs/reads.ts';
import { stoppedTasks } from '../../../functions/evidence/ecs/stopped-tasks.ts';
import { targetReasons } from '../../../functions/evidence/target-reasons.ts';
import type { Planned } from '../../../src/rollback/document.ts';
import type { Watch } from '../../../src/rollback/plan.ts';
import { ready, request } from '../../src/rollback/documents.ts';
import { client, never } from './client.ts';

function rollback(watch: Partial<Watch> = {}): Planned {
  return { request, plan: { ...ready, watch: { ...ready.watch, ...watch } } } as unknown as Planned;
}

describe('the culprit', () => {
  const sidecar: Container = { name: 'envoy', exitCode: 143 };
  it.each<[string, Container[], string | null]>([
    ['is not the first in the list', [sidecar, { name: 'app', exitCode: 1 }], 'container app: exit code 1'],
    [
      'is the one out of memory, whose exit code may be 1',
      [
        { name: 'other', exitCode: 2 },
        { name: 'app', exitCode: 1, reason: 'OutOfMemoryError: Container killed due to memory usage' },
      ],
      'container app: exit code 1, OutOfMemoryError: Container killed due to memory usage',
    ],
    [
      'may never have started',
      [{ name: 'app', reason: 'CannotPullContainerError: not found' }, sidecar],
      'container app: CannotPullContainerError: not found',
    ],
    ['may have been killed', [sidecar, { name: 'app', exitCode: 137 }], 'container app: exit code 137'],
    ['is none if ECS stopped all of them', [sidecar, { name: 'app', exitCode: 0 }, { name: 'late' }], null],
    ['is none without containers', [], null],
  ])('%s', (_, containers, words) => {
    const found = culprit(containers);
    expect(found === null ? null : inWords(found)).toBe(words);
  });
});

describe('stopped tasks', () => {
  const task = (version: number, stoppingAt: string): Task => ({
    taskDefinitionArn: `arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:${version}`,
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    stoppingAt: new Date(stoppingAt),
    containers: [{ name: 'app', exitCode: 1 }],
  });

  it('are listed by revision, that at fault first, each reason once', async () => {
    const tasks = [
      task(42, '2026-11-22T03:00:00Z'),
      task(41, '2026-11-22T03:02:00Z'),
      task(42, '2026-11-22T03:01:00Z'),
    ];
    const { client: ecs, calls } = client({
      ListTasks: { taskArns: ['a', 'b', 'c'] },
      DescribeTasks: { tasks },
    });
    const { lines } = await stoppedTasks(ecsReads(ecs)).read(
      rollback({ tasks: { cluster: 'prod', service: 'checkout' } }),
      never,
    );
    const reason =
      'EssentialContainerExited (Essential container in task exited); container app: exit code 1';
    expect(lines).toEqual([`2 × checkout:42: ${reason}`, `1 × checkout:41: ${reason}`]);
    expect(calls.map(({ input }) => input)).toMatchObject([
      { cluster: 'prod', serviceName: 'checkout', desiredStatus: 'STOPPED' },
      { cluster: 'prod', tasks: ['a', 'b', 'c'] },
    ]);
  });

  it('are not described if there are none', async () => {
    const { client: ecs, calls } = client({ ListTasks: { taskArns: [] } });
    expect(
      await stoppedTasks(ecsReads(ecs)).read(
        rollback({ tasks: { cluster: 'prod', service: 'checkout' } }),
        never,
      ),
    ).toMatchObject({ lines: [] });
    expect(calls).toHaveLength(1);
  });

  it('are not read for a target without tasks', async () => {
    const { client: ecs, calls } = client({});
    expect(await stoppedTasks(ecsReads(ecs)).read(rollback(), never)).toMatchObject({ lines: [] });
    expect(calls).toEqual([]);
  });
});

it('target health names every target that is not healthy, and why', async () => {
  const arn =
    'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/checkout-blue/6d0ecf831eec9f09';
  const { client: elb } = client({
    DescribeTargetHealth: {
      TargetHealthDescriptions: [
        { Target: { Id: '10.0.1.11', Port: 8080 }, TargetHealth: { State: 'healthy' } },
        {
          Target: { Id: '10.0.1.12', Port: 8080 },
          TargetHealth: {
            State: 'unhealthy',
            Reason: 'Target.ResponseCodeMismatch',
            Description: 'codes: [503]',
          },
        },
        { Target: { Id: '10.0.1.13', Port: 8080 }, TargetHealth: { State: 'initial' } },
      ],
    },
  });
  const { lines } = await targetReasons(elb).read(rollback({ targetGroups: [{ arn, wanted: 2 }] }), never);
  expect(lines).toEqual([
    'checkout-blue: 10.0.1.12:8080 unhealthy, Target.ResponseCodeMismatch: codes: [503]',
    'checkout-blue: 10.0.1.13:8080 initial',
  ]);
});

describe('target health of a rule', () => {
  const prefix = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333';
  const green = 'targetgroup/shop-green/73e2d6bc24d8a067';
  const meter = (TargetGroup: string, revision: string) => ({
    ...({ metric: 'errors', namespace: 'AWS/ApplicationELB', name: 'x', stat: 'Sum', revision } as const),
    dimensions: { TargetGroup },
  });

  it('is that of the groups which the revision at fault brought, once each, and of none that stay', async () => {
    const { client: elb, calls } = client({ DescribeTargetHealth: {} });
    const plan = {
      ...ready,
      watch: { ...ready.watch, targetGroups: [{ arn: 'arn:blue', wanted: 2, stays: true }] },
      meters: [
        meter(green, ready.from.id),
        meter(green, ready.from.id),
        meter('targetgroup/shop-blue/6d', 'older'),
      ],
    };
    const target = `elb:${prefix}:listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee`;
    await targetReasons(elb).read({ request: { ...request, target }, plan } as unknown as Planned, never);
    expect(calls.map(({ input }) => input)).toEqual([{ TargetGroupArn: `${prefix}:${green}` }]);
  });
});

it('alarm history begins with the alarm that started the rollback, and makes few calls', async () => {
  const item = {
    Timestamp: new Date('2026-11-22T02:58:00Z'),
    HistorySummary: 'Alarm updated from OK to ALARM',
  };
  const { client: cloudwatch, calls } = client({
    DescribeAlarmHistory: { AlarmHistoryItems: [item] },
  });
  const alarms = ['a', 'b', 'c', 'd', 'e', 'checkout-5xx'];
  const { lines } = await alarmHistory(cloudwatch).read(rollback({ alarms }), never);
  expect(lines[0]).toBe('checkout-5xx: 2026-11-22T02:58:00.000Z Alarm updated from OK to ALARM');
  expect(calls.map(({ input }) => input['AlarmName'])).toEqual(['checkout-5xx', 'a', 'b', 'c', 'd']);
  expect(calls[0]!.input).toMatchObject({ StartDate: new Date('2026-11-21T23:00:00.000Z') });
});
