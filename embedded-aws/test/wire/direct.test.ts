import { CodeDeployClient, GetDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import {
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, describe, expect, it } from 'vitest';
import type { Command } from '../../wire/direct.ts';
import { awsError, operation, running, service, type Running } from './fakes.ts';

let on: Running | undefined;
afterEach(() => on?.wire.close());

type Services = Parameters<typeof running>[0];

/** Returns a call's result over the wire and in process: an answer, or the error as Lastgood reads it. */
async function both(
  services: Services,
  client: (settings: object) => { send(command: never): Promise<unknown> },
  command: object,
) {
  on = await running(services);
  const sdk = client(on.client());
  const seen = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      (answer) => ({ ...(answer as object), $metadata: null }),
      (error: unknown) => {
        const { name, message, $fault, $metadata } = error as Error & {
          $fault?: string;
          $metadata?: { httpStatusCode?: number };
        };
        return { name, message, $fault, status: $metadata?.httpStatusCode };
      },
    );
  return {
    wire: await seen(sdk.send(command as never)),
    direct: await seen(on.wire.direct.send({ role: 'operator', region: 'eu-west-1' }, command as Command)),
  };
}

const ecs = (settings: object) => new ECSClient(settings);
const elb = (settings: object) => new ElasticLoadBalancingV2Client(settings);
const cloudwatch = (settings: object) => new CloudWatchClient(settings);
const codedeploy = (settings: object) => new CodeDeployClient(settings);

describe('a command in process', () => {
  it.each([
    [
      'JSON',
      'ecs',
      'DescribeServices',
      ecs,
      new DescribeServicesCommand({ services: ['a'] }),
      { services: [{ serviceName: 'a', createdAt: new Date(1_234), tags: [] }], failures: [] },
    ],
    [
      'the query protocol',
      'elasticloadbalancing',
      'DescribeTargetGroups',
      elb,
      new DescribeTargetGroupsCommand({ Names: ['a'] }),
      { TargetGroups: [{ TargetGroupName: 'a', Port: 80, LoadBalancerArns: [] }], NextMarker: 'm' },
    ],
    [
      'CBOR',
      'monitoring',
      'DescribeAlarms',
      cloudwatch,
      new DescribeAlarmsCommand({ AlarmNames: ['a'] }),
      { MetricAlarms: [{ AlarmName: 'a', Threshold: 0.5, StateUpdatedTimestamp: new Date(1_234) }] },
    ],
  ] as const)('gives what the SDK gives by %s', async (_protocol, name, of, client, command, answer) => {
    const { wire, direct } = await both([service(name, { [of]: operation(answer) })], client, command);
    expect(direct).toEqual(wire);
  });

  it.each([
    [
      'JSON',
      'ecs',
      'UpdateService',
      ecs,
      new UpdateServiceCommand({ service: 'a' }),
      'ServiceNotActiveException',
    ],
    [
      'JSON, shared by all services',
      'ecs',
      'UpdateService',
      ecs,
      new UpdateServiceCommand({ service: 'a' }),
      'AccessDeniedException',
    ],
    [
      'the query protocol',
      'elasticloadbalancing',
      'DescribeTargetGroups',
      elb,
      new DescribeTargetGroupsCommand({}),
      'TargetGroupNotFound',
    ],
    [
      'the query protocol, shared by all services',
      'elasticloadbalancing',
      'DescribeTargetGroups',
      elb,
      new DescribeTargetGroupsCommand({}),
      'AccessDeniedException',
    ],
    ['CBOR', 'monitoring', 'DescribeAlarms', cloudwatch, new DescribeAlarmsCommand({}), 'InvalidNextToken'],
    [
      'CBOR, shared by all services',
      'monitoring',
      'DescribeAlarms',
      cloudwatch,
      new DescribeAlarmsCommand({}),
      'AccessDeniedException',
    ],
    [
      'CodeDeploy',
      'codedeploy',
      'GetDeployment',
      codedeploy,
      new GetDeploymentCommand({ deploymentId: 'd' }),
      'DeploymentDoesNotExistException',
    ],
  ] as const)('fails as in the SDK: %s', async (_how, name, of, client, command, code) => {
    const failing = service(name, { [of]: operation(awsError(code, 'it says why')) });
    const { wire, direct } = await both([failing], client, command);
    expect(direct).toEqual(wire);
    expect(direct).toMatchObject({ message: 'it says why' });
  });

  it('is tried twice when it was throttled, and once when it was refused', async () => {
    const throttled = operation(awsError('ThrottlingException', 'Rate exceeded'));
    const refused = operation(awsError('ClientException', 'no'));
    on = await running([service('ecs', { DescribeServices: throttled, UpdateService: refused })]);
    const { direct, calls } = on.wire;
    const by = { role: 'operator', region: 'eu-west-1' };
    const send = (command: object) => direct.send(by, command as Command);
    await expect(send(new DescribeServicesCommand({ services: ['a'] }))).rejects.toThrow('Rate exceeded');
    await expect(send(new UpdateServiceCommand({ service: 'a' }))).rejects.toThrow('no');
    expect(calls.map(({ operation: name, error }) => [name, error])).toEqual([
      ['DescribeServices', 'ThrottlingException'],
      ['DescribeServices', 'ThrottlingException'],
      ['UpdateService', 'ClientException'],
    ]);
  });

  it('shares no object with the world, leaves out what is undefined, and refuses what has another shape', async () => {
    const answer = { services: [{ serviceName: 'a' }] };
    const asked = operation(answer);
    on = await running([service('ecs', { DescribeServices: asked })]);
    const by = { role: 'operator', region: 'eu-west-1' };
    const input = { services: ['a'], cluster: undefined, include: ['TAGS' as const] };
    const given = (await on.wire.direct.send(
      by,
      new DescribeServicesCommand(input) as unknown as Command,
    )) as typeof answer;
    given.services[0]!.serviceName = 'changed';
    input.services.push('b');
    expect(answer.services[0]!.serviceName).toBe('a');
    expect(asked.inputs).toEqual([{ services: ['a'], include: ['TAGS'] }]);
    expect(Object.keys(asked.inputs[0] as object)).not.toContain('cluster');
    Object.assign(answer, { unknown: 1 });
    await expect(
      on.wire.direct.send(by, new DescribeServicesCommand(input) as unknown as Command),
    ).rejects.toMatchObject({ name: 'InternalFailure' });
  });
});
