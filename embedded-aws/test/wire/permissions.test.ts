import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { ECSClient, StopServiceDeploymentCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, describe, expect, it } from 'vitest';
import type { PolicyDocument } from '../../wire/iam.ts';
import type { Access } from '../../world/service.ts';
import { operation, running, service, type Running } from './fakes.ts';

let on: Running | undefined;
afterEach(async () => on?.wire.close());

const CHECKOUT = 'arn:aws:ecs:eu-west-1:111122223333:service/prod/checkout';

function policy(...statements: object[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

const optedIn = policy({
  Effect: 'Allow',
  Action: 'ecs:UpdateService',
  Resource: 'arn:aws:ecs:eu-west-1:111122223333:service/*',
  Condition: { StringEquals: { 'aws:ResourceTag/lastgood': ['auto', 'approve'] } },
});

/** Calls UpdateService as a role with these policies on a service with these tags. */
async function update(policies: PolicyDocument[], access: Partial<Access>) {
  const accesses = [{ action: 'ecs:UpdateService', resource: CHECKOUT, ...access }];
  const ran = operation({ service: { serviceArn: CHECKOUT } }, { accesses });
  on = await running([service('ecs', { UpdateService: ran })], { roles: { mechanism: policies } });
  const sent = new ECSClient(on.client('mechanism')).send(new UpdateServiceCommand({ service: 'checkout' }));
  const error = await sent.then(
    () => null,
    (refused: unknown) => refused as Error,
  );
  return { error, ran: ran.inputs.length, call: on.wire.calls[0]! };
}

describe('what a role may', () => {
  it.each(['auto', 'approve'])('is done where the tag lets it: %s', async (mode) => {
    const { error, ran, call } = await update([optedIn], { tags: { lastgood: mode } });
    expect({ error, ran }).toEqual({ error: null, ran: 1 });
    expect(call).toEqual({
      at: '2026-11-22T03:00:00.000Z',
      service: 'ecs',
      operation: 'UpdateService',
      role: 'mechanism',
      allowed: true,
      asked: ['ecs:UpdateService'],
      input: { service: 'checkout' },
    });
  });

  it.each([{ tags: { lastgood: 'observe' } }, { tags: { other: 'auto' } }, {}])(
    'is refused and not done with %j',
    async (access) => {
      const { error, ran, call } = await update([optedIn], access);
      expect(error).toMatchObject({
        name: 'AccessDeniedException',
        message:
          'User: arn:aws:sts::111122223333:assumed-role/mechanism/mechanism is not authorized to perform: ' +
          `ecs:UpdateService on resource: ${CHECKOUT} because no identity-based policy allows the ecs:UpdateService action`,
      });
      expect(ran).toBe(0);
      expect(call).toMatchObject({
        allowed: false,
        error: 'AccessDeniedException',
        input: { service: 'checkout' },
      });
    },
  );

  it('ends at its resources', async () => {
    const { error } = await update([optedIn], {
      resource: 'arn:aws:ecs:eu-west-1:444455556666:service/prod/checkout',
      tags: { lastgood: 'auto' },
    });
    expect(error?.name).toBe('AccessDeniedException');
  });

  it('is nothing without policies', async () => {
    const { error } = await update([], { tags: { lastgood: 'auto' } });
    expect(error?.name).toBe('AccessDeniedException');
  });

  it('is removed by an explicit deny, and the message says so', async () => {
    const deny = policy({ Effect: 'Deny', Action: 'ecs:*', Resource: '*' });
    const { error } = await update([optedIn, deny], { tags: { lastgood: 'auto' } });
    expect(error?.message).toMatch(/ with an explicit deny in an identity-based policy$/);
  });

  it('is checked for every access of the call', async () => {
    const accesses = ['a', 'b'].map((name) => ({
      action: 'ecs:StopServiceDeployment',
      resource: `arn:aws:ecs:eu-west-1:111122223333:service-deployment/prod/checkout/${name}`,
    }));
    const first = policy({
      Effect: 'Allow',
      Action: 'ecs:StopServiceDeployment',
      Resource: accesses[0]!.resource,
    });
    on = await running([service('ecs', { StopServiceDeployment: operation({}, { accesses }) })], {
      roles: { mechanism: [first] },
    });
    const call = new ECSClient(on.client('mechanism')).send(
      new StopServiceDeploymentCommand({ serviceDeploymentArn: 'a' }),
    );
    await expect(call).rejects.toThrow(`on resource: ${accesses[1]!.resource} because`);
  });

  it('is everything for the operator', async () => {
    const accesses = [{ action: 'ecs:UpdateService', resource: CHECKOUT }];
    on = await running([service('ecs', { UpdateService: operation({}, { accesses }) })]);
    await new ECSClient(on.client()).send(new UpdateServiceCommand({ service: 'checkout' }));
    expect(on.wire.calls).toMatchObject([{ role: 'operator', allowed: true }]);
  });
});

describe('a call on every resource of a type', () => {
  const alarms = (Resource: string) =>
    policy({ Effect: 'Allow', Action: 'cloudwatch:DescribeAlarms', Resource });

  async function describeAlarms(asked: string, allowed: string) {
    const accesses = [{ action: 'cloudwatch:DescribeAlarms', resource: asked }];
    on = await running([service('monitoring', { DescribeAlarms: operation({}, { accesses }) })], {
      roles: { guard: [alarms(allowed)] },
    });
    const sent = new CloudWatchClient(on.client('guard')).send(new DescribeAlarmsCommand({}));
    return sent.then(
      () => 'answered',
      (error: unknown) => (error as Error).name,
    );
  }

  const every = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:*';
  const some = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-*';

  it.each([
    [every, every, 'answered'],
    [every, '*', 'answered'],
    [every, some, 'AccessDenied'],
    ['*', '*', 'answered'],
    ['*', every, 'AccessDenied'],
  ])('%s is compared with %s: %s', async (asked, allowed, answer) => {
    expect(await describeAlarms(asked, allowed)).toBe(answer);
  });
});

it('refuses with AccessDenied and 403 in the query protocol', async () => {
  const accesses = [{ action: 'elasticloadbalancing:DescribeTargetHealth', resource: '*' }];
  on = await running([
    service('elasticloadbalancing', { DescribeTargetHealth: operation({}, { accesses }) }),
  ]);
  const call = new ElasticLoadBalancingV2Client(on.client('verify')).send(
    new DescribeTargetHealthCommand({ TargetGroupArn: 'x' }),
  );
  await expect(call).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
});

it('reports a model that checks IAM for an unknown action', async () => {
  const { error, call } = await update([optedIn], { action: 'ecs:UpdateServices' });
  expect(error).toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } });
  expect(call.error).toMatch(/the model of ecs:UpdateServices asks about .*invalid\.action/);
});
