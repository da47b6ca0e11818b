import type { Activity } from '@aws-sdk/client-auto-scaling';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { capacity } from '../../../functions/evidence/asg/capacity.ts';
import { instanceConsole, instanceLogs } from '../../../functions/evidence/asg/instance-logs.ts';
import { instanceRefresh } from '../../../functions/evidence/asg/instance-refresh.ts';
import { asgReads } from '../../../functions/evidence/asg/reads.ts';
import { scalingActivities } from '../../../functions/evidence/asg/scaling-activities.ts';
import { hiddenIn } from '../../../functions/evidence/asg/user-data.ts';
import { gather } from '../../../functions/evidence/gather.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import { AT, ready } from '../../src/rollback/documents.ts';
import { awsError, client, never, planned } from './client.ts';

const TEMPLATE = 'lt-0a1b2c3d4e5f60718';
const from = { id: `${TEMPLATE}/7`, name: 'web:7' };
const RELEASED = '2026-11-22T02:50:00.000Z';
const deployment: Deployment = {
  ...{ id: 'refresh-1', state: 'in-flight', startedAt: RELEASED },
  ...{ revision: from, isRollback: false },
};
const fleet = (tags: Readonly<Record<string, string>> = {}) =>
  planned('asg:web', { from, deployment, tags: { ...ready.tags, ...tags } });

const activity = (minute: string, more: Partial<Activity>): Activity => ({
  ...{ ActivityId: minute, AutoScalingGroupName: 'web', StatusCode: 'Successful', Cause: '' },
  StartTime: new Date(`2026-11-22T${minute}:00Z`),
  ...more,
});

const noImage = "The image id '[ami-1]' does not exist. Launching EC2 instance failed.";
const ousted = (minute: string, why: string) =>
  activity(minute, {
    Description: 'Terminating EC2 instance: i-1',
    Cause: `At 2026-11-22T${minute}:00Z an instance was taken out of service in response to ${why}.`,
  });

describe('scaling activities', () => {
  it('since the release say which launches failed and which instances failed a check, counted', async () => {
    const { client: autoscaling, calls } = client({
      DescribeScalingActivities: {
        Activities: [
          activity('02:59', { StatusCode: 'Failed', StatusMessage: noImage }),
          activity('02:58', { StatusCode: 'Failed', StatusMessage: noImage }),
          activity('02:57', { StatusCode: 'Cancelled' }),
          ousted('02:56', 'an ELB system health check failure'),
          ousted('02:55', 'an EC2 instance status check failure'),
          ousted('02:54', 'a EC2 health check indicating it has been terminated or stopped'),
          ousted('02:53', 'a difference between desired and actual capacity'),
          activity('02:52', { Description: 'Launching a new EC2 instance: i-2' }),
          activity('02:49', { StatusCode: 'Failed', StatusMessage: 'before the release' }),
          activity('03:00', { StatusCode: 'Failed', StatusMessage: 'of the way back' }),
        ],
      },
    });
    const { lines, traces } = await scalingActivities(asgReads(autoscaling, undefined as never)).read(
      fleet(),
      never,
    );
    const took = (why: string) => `an instance was taken out of service in response to ${why}.`;
    expect(lines).toEqual([
      `2 × ${noImage}`,
      '1 × no reason given',
      `1 × ${took('an ELB system health check failure')}`,
      `1 × ${took('an EC2 instance status check failure')}`,
      `1 × ${took('a EC2 health check indicating it has been terminated or stopped')}`,
    ]);
    expect(traces).toEqual({
      launches: [noImage, noImage, 'no reason given'],
      ousted: [took('an ELB system health check failure'), took('an EC2 instance status check failure')],
    });
    expect(calls).toEqual([
      { command: 'DescribeScalingActivities', input: { AutoScalingGroupName: 'web', MaxRecords: 100 } },
    ]);
  });
});

describe('the instance refresh', () => {
  it('of the release says how far it came; a failed one is a trace, and others are not', async () => {
    const { client: autoscaling } = client({
      DescribeInstanceRefreshes: {
        InstanceRefreshes: [
          { Status: 'InProgress', StartTime: new Date('2026-11-22T03:00:10Z'), StatusReason: 'the way back' },
          {
            Status: 'Failed',
            StartTime: new Date('2026-11-22T02:51:00Z'),
            PercentageComplete: 20,
            StatusReason: 'Instances failed their health checks.',
            RollbackDetails: { RollbackReason: '' },
          },
          { StartTime: new Date(RELEASED) },
          { Status: 'Failed', StartTime: new Date('2026-11-21T02:51:00Z'), StatusReason: 'yesterday' },
          { Status: 'Pending' },
        ],
      },
    });
    expect(await instanceRefresh(autoscaling).read(fleet(), never)).toEqual({
      lines: ['Failed at 20 %: Instances failed their health checks.', 'unknown'],
      traces: { refreshes: ['Instances failed their health checks.'] },
    });
  });
});

describe('the desired capacity', () => {
  const changed = (at: string, what: string) =>
    activity('02:51', {
      Cause: `At 2026-11-22T${at}Z a user request ${what}.  At 2026-11-22T02:51:00Z an instance was taken out.`,
    });
  const update = (before: number, now: number) =>
    `update of AutoScalingGroup constraints to min: 1, max: 2, desired: ${now} changing the desired capacity from ${before} to ${now}`;
  const read = (
    activities: readonly Activity[],
    group: object | null = { DesiredCapacity: 1, MaxSize: 12 },
  ) => {
    const { client: autoscaling } = client({
      DescribeScalingActivities: { Activities: activities },
      DescribeAutoScalingGroups: {
        AutoScalingGroups: group === null ? [] : [{ AutoScalingGroupName: 'web', ...group }],
      },
    });
    return capacity(asgReads(autoscaling, undefined as never)).read(fleet(), never);
  };
  const COMMAND = 'aws autoscaling update-auto-scaling-group --auto-scaling-group-name web';

  it.each([
    ['an update', update(4, 1)],
    ['itself', 'explicitly set group desired capacity changing the desired capacity from 4 to 1'],
  ])('that the release lowered by %s is said, and offered to be put back', async (_, what) => {
    expect(await read([changed('02:49:00', what)])).toEqual({
      lines: ['4 → 1; the group allows at most 12'],
      traces: { count: { before: 4, now: 1 } },
      companions: [
        {
          of: 'desired-count',
          says: 'The release lowered the desired capacity from 4 to 1.',
          command: `${COMMAND} --desired-capacity 4`,
        },
      ],
    });
  });

  it('comes after the maximum that forbids it', async () => {
    const { companions } = await read([changed('02:49:00', update(4, 1))], {
      DesiredCapacity: 1,
      MaxSize: 2,
    });
    expect(companions).toMatchObject([
      {
        says: 'The group allows at most 2 instances, and 4 ran before the release.',
        command: `${COMMAND} --max-size 4`,
      },
      { of: 'desired-count' },
    ]);
  });

  it.each<[string, readonly Activity[], object | null]>([
    ['was raised', [changed('02:49:00', update(1, 4))], { DesiredCapacity: 4 }],
    ['is back already', [changed('02:49:00', update(4, 1))], { DesiredCapacity: 4 }],
    ['was lowered long before', [changed('02:30:00', update(4, 1))], { DesiredCapacity: 1 }],
    ['was lowered after the release', [changed('02:55:00', update(4, 1))], { DesiredCapacity: 1 }],
    [
      'a policy lowered',
      [
        activity('02:51', {
          Cause:
            'At 2026-11-22T02:49:00Z a monitor alarm a in state ALARM triggered policy p changing the desired capacity from 4 to 1.',
        }),
      ],
      { DesiredCapacity: 1 },
    ],
    ['is of a group that is gone', [changed('02:49:00', update(4, 1))], null],
    ['no activity names', [activity('02:51', {})], { DesiredCapacity: 1 }],
  ])('that %s is nothing', async (_, activities, group) => {
    expect(await read(activities, group)).toEqual({ lines: [] });
  });
});

describe('the user data of a launch template', () => {
  const encoded = (text: string) => Buffer.from(text).toString('base64');

  it.each<[string, string, readonly string[]]>([
    ['a shell script', 'export A_B="one two"\nC=three; D=\'four\'', ['one two', 'three', 'four']],
    ['a unit', 'Environment="LOGIN=five"', ['LOGIN=five', 'five']],
    ['YAML', 'write_files:\n  pin: six # note\n  "token": seven', ['six', 'seven']],
    ['JSON', '{"login": "eight", "x": 9}', ['eight', '9']],
    ['nothing', '', []],
  ])('hides the values of %s', (_, text, values) => {
    expect(hiddenIn(encoded(text)).values).toEqual(expect.arrayContaining([...values]));
  });

  it('is unpacked, and is not guessed where that fails', () => {
    expect(hiddenIn(gzipSync('PIN=4711').toString('base64'))).toEqual({ names: ['PIN'], values: ['4711'] });
    const broken = Buffer.from([0x1f, 0x8b, 1, 2, 3]).toString('base64');
    expect(() => hiddenIn(broken)).toThrow();
    const bomb = gzipSync('x'.repeat(2 * 1024 * 1024)).toString('base64');
    expect(() => hiddenIn(bomb)).toThrow();
    expect(hiddenIn(undefined)).toEqual({ names: [], values: [] });
  });
});

describe('logs of instances', () => {
  const instance = (InstanceId: string, State: string, version = '7') => ({
    InstanceId,
    State: { Name: State },
    Tags: [
      { Key: 'aws:ec2launchtemplate:id', Value: TEMPLATE },
      { Key: 'aws:ec2launchtemplate:version', Value: version },
    ],
  });
  const console_ = (...lines: readonly string[]) => ({
    Output: Buffer.from(lines.join('\r\n')).toString('base64'),
  });
  const instances = [
    instance('i-runs', 'running'),
    instance('i-ended', 'terminated'),
    instance('i-old', 'terminated', '6'),
    instance('i-more', 'running'),
    { InstanceId: 'i-untagged' },
  ];
  const ec2With = (answers: Readonly<Record<string, unknown>> = {}) =>
    client({
      DescribeInstances: { Reservations: [{ Instances: instances }, {}] },
      DescribeLaunchTemplateVersions: {
        LaunchTemplateVersions: [
          { LaunchTemplateData: { UserData: Buffer.from('LOGIN=open-sesame').toString('base64') } },
        ],
      },
      GetConsoleOutput: console_('[ 1.0] booting', '[ 2.0] login open-sesame failed', 'ok'),
      ...answers,
    });

  it('are read only where the tag asks for them', async () => {
    const { client: ec2, calls } = ec2With();
    const reads = asgReads(undefined as never, ec2);
    for (const source of [instanceConsole(reads, ec2), instanceLogs(reads, ec2)])
      expect(await source.read(fleet(), never)).toEqual({ lines: [] });
    expect(await instanceLogs(reads, ec2).read(fleet({ 'lastgood:logs': 'console' }), never)).toEqual({
      lines: [],
    });
    expect(calls).toEqual([]);
  });

  it('have the lines of consoles that name a failure, of instances that ended first, and are masked', async () => {
    const { client: ec2, calls } = ec2With();
    const source = instanceConsole(asgReads(undefined as never, ec2), ec2);
    const { found, missing } = await gather(fleet({ 'lastgood:logs': 'console' }), [source], AT, never);
    expect(missing).toEqual([]);
    expect(found[0]?.lines).toEqual(['i-ended: [ 2.0] login *** failed', 'i-runs: [ 2.0] login *** failed']);
    const asked = calls.filter(({ command }) => command === 'GetConsoleOutput').map(({ input }) => input);
    expect(asked).toEqual([
      { InstanceId: 'i-ended', Latest: false },
      { InstanceId: 'i-runs', Latest: true },
    ]);
  });

  it('have what was posted where EC2 cannot show the latest', async () => {
    const GetConsoleOutput = ({ Latest }: { Latest: boolean }) =>
      Latest ? awsError('UnsupportedOperation') : console_('Kernel panic');
    const { client: ec2 } = ec2With({ GetConsoleOutput });
    const { traces } = await instanceConsole(asgReads(undefined as never, ec2), ec2).read(
      fleet({ 'lastgood:logs': 'console' }),
      never,
    );
    expect(traces).toEqual({ boots: ['Kernel panic', 'Kernel panic'] });
  });

  it.each([
    [
      'an error of EC2',
      { GetConsoleOutput: awsError('UnauthorizedOperation', 'not authorized') },
      'not authorized',
    ],
    ['a template that is gone', { DescribeLaunchTemplateVersions: {} }, 'nothing could be masked'],
    [
      'user data that cannot be read',
      {
        DescribeLaunchTemplateVersions: {
          LaunchTemplateVersions: [{ LaunchTemplateData: { UserData: 'H4sBAgM=' } }],
        },
      },
      'compression',
    ],
  ])('are missing after %s', async (_, answers, reason) => {
    const { client: ec2, calls } = ec2With(answers);
    const source = instanceConsole(asgReads(undefined as never, ec2), ec2);
    await expect(source.read(fleet({ 'lastgood:logs': 'console' }), never)).rejects.toThrow(reason);
    if (!('GetConsoleOutput' in answers))
      expect(calls.map(({ command }) => command)).not.toContain('GetConsoleOutput');
  });

  it('are missing where a revision has no launch template', async () => {
    const { client: ec2 } = ec2With();
    const unknown = planned('asg:web', { tags: { 'lastgood:logs': 'console' } });
    await expect(
      instanceConsole(asgReads(undefined as never, ec2), ec2).read(unknown, never),
    ).rejects.toThrow('nothing could be masked');
  });

  it('have the last lines of their streams in the named groups', async () => {
    const { client: ec2 } = ec2With();
    const GetLogEvents = ({ logStreamName }: { logStreamName: string }) =>
      logStreamName === 'i-runs'
        ? awsError('ResourceNotFoundException')
        : { events: [{ message: 'refused' }] };
    const { client: logs, calls } = client({ GetLogEvents });
    const { lines, traces } = await instanceLogs(asgReads(undefined as never, ec2), logs).read(
      fleet({ 'lastgood:logs': '/web/app console web' }),
      never,
    );
    expect(lines).toEqual(['i-ended in /web/app: refused', 'i-ended in web: refused']);
    expect(traces).toEqual({ logs: ['refused', 'refused'] });
    expect(calls).toHaveLength(4);
  });

  it('are missing where no stream is named by an instance', async () => {
    const { client: ec2 } = ec2With();
    const { client: logs } = client({ GetLogEvents: awsError('ResourceNotFoundException') });
    const source = instanceLogs(asgReads(undefined as never, ec2), logs);
    await expect(source.read(fleet({ 'lastgood:logs': '/web/app' }), never)).rejects.toThrow(
      "/web/app has no stream named by an instance's id",
    );
  });

  it('are none where no instance of the revision at fault is known', async () => {
    const { client: ec2 } = ec2With({ DescribeInstances: {} });
    const { client: logs } = client({});
    expect(
      await instanceLogs(asgReads(undefined as never, ec2), logs).read(
        fleet({ 'lastgood:logs': '/web/app' }),
        never,
      ),
    ).toMatchObject({ lines: [], traces: { logs: [] } });
  });
});
