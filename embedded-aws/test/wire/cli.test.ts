import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { awsError, operation, REGION, running, service, type Running } from './fakes.ts';

const run = promisify(execFile);
let on: Running | undefined;
afterEach(async () => on?.wire.close());

function cliIsThere(): boolean {
  try {
    execFileSync('aws', ['--version'], {
      stdio: 'ignore',
      env: { ...process.env, AWS_EC2_METADATA_DISABLED: 'true' },
    });
    return true;
  } catch {
    console.warn('the AWS CLI is not installed: its tests are skipped');
    return false;
  }
}

/** Calls the AWS CLI against the wire with the operator's keys and without this machine's settings. */
async function aws(...words: readonly string[]) {
  const { accessKeyId, secretAccessKey } = on!.wire.credentials('operator');
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_DEFAULT_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_MAX_ATTEMPTS: '1',
  };
  const { stdout } = await run('aws', ['--endpoint-url', on!.wire.endpoint, '--output', 'json', ...words], {
    env,
  });
  return stdout === '' ? null : (JSON.parse(stdout) as unknown);
}

const created = new Date('2026-11-22T02:59:58.123Z');

describe.skipIf(!cliIsThere())('the AWS CLI', { timeout: 60_000 }, () => {
  it('speaks JSON to ecs', async () => {
    const describeServices = operation({
      services: [{ serviceName: 'checkout', createdAt: created, desiredCount: 3 }],
      failures: [],
    });
    on = await running([service('ecs', { DescribeServices: describeServices })]);
    const answer = await aws('ecs', 'describe-services', '--cluster', 'prod', '--services', 'checkout');
    expect(describeServices.inputs).toEqual([{ cluster: 'prod', services: ['checkout'] }]);
    expect(answer).toMatchObject({ services: [{ serviceName: 'checkout', desiredCount: 3 }] });
    const [found] = (answer as { services: { createdAt: string | number }[] }).services;
    expect(
      typeof found!.createdAt === 'number' ? found!.createdAt * 1000 : Date.parse(found!.createdAt),
    ).toBe(created.getTime());
  });

  it('speaks query and XML to elasticloadbalancing', async () => {
    const health = [
      { Target: { Id: '10.0.0.1', Port: 80 }, TargetHealth: { State: 'draining', Description: 'a < b & c' } },
    ];
    const describeHealth = operation({ TargetHealthDescriptions: health });
    on = await running([service('elasticloadbalancing', { DescribeTargetHealth: describeHealth })]);
    const answer = await aws(
      'elbv2',
      'describe-target-health',
      '--target-group-arn',
      'arn:x',
      '--targets',
      'Id=10.0.0.1,Port=80',
    );
    expect(describeHealth.inputs).toEqual([
      { TargetGroupArn: 'arn:x', Targets: [{ Id: '10.0.0.1', Port: 80 }] },
    ]);
    expect(answer).toEqual({ TargetHealthDescriptions: health });
  });

  it('speaks to cloudwatch, whichever protocol its version prefers', async () => {
    const alarms = operation({
      MetricAlarms: [{ AlarmName: 'a', Threshold: 0.5, StateUpdatedTimestamp: created }],
      CompositeAlarms: [],
    });
    on = await running([service('monitoring', { DescribeAlarms: alarms })]);
    const answer = await aws('cloudwatch', 'describe-alarms', '--alarm-names', 'a');
    expect(alarms.inputs).toEqual([{ AlarmNames: ['a'] }]);
    expect(answer).toMatchObject({ MetricAlarms: [{ AlarmName: 'a', Threshold: 0.5 }], CompositeAlarms: [] });
  });

  it('understands errors in each protocol', async () => {
    on = await running([
      service('ecs', {
        DescribeServices: operation(awsError('ClusterNotFoundException', 'Cluster not found.')),
      }),
      service('elasticloadbalancing', {
        DescribeRules: operation(awsError('RuleNotFound', 'One or more rules not found')),
      }),
      service('monitoring', { DescribeAlarms: operation(awsError('InvalidNextToken', 'no such token')) }),
    ]);
    await expect(aws('ecs', 'describe-services', '--services', 'x')).rejects.toThrow(
      '(ClusterNotFoundException)',
    );
    await expect(aws('elbv2', 'describe-rules', '--rule-arns', 'x')).rejects.toThrow('(RuleNotFound)');
    await expect(
      aws('cloudwatch', 'describe-alarms', '--starting-token', 'eyJOZXh0VG9rZW4iOiAieCJ9'),
    ).rejects.toThrow('(InvalidNextToken)');
  });
});
