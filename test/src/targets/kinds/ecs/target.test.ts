import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kind, readName } from '../../../../../src/targets/kinds/ecs/target.ts';
import { readDeployment } from '../../../../../src/targets/deployment.ts';
import type { BusEvent } from '../../../../../src/targets/kind.ts';

const detail = {
  eventType: 'ERROR',
  eventName: 'SERVICE_DEPLOYMENT_FAILED',
  deploymentId: 'ecs-svc/5317912406814027755',
  updatedAt: '2026-11-22T03:08:21.049Z',
  reason: 'ECS deployment circuit breaker: tasks failed to start.',
};

function event(more: Partial<BusEvent> = {}, details: Record<string, unknown> = {}): BusEvent {
  return {
    id: 'b3b0e7ce-0000-4000-8000-000000000000',
    source: 'aws.ecs',
    'detail-type': 'ECS Deployment State Change',
    account: '111122223333',
    region: 'eu-west-1',
    time: '2026-11-22T03:09:36Z',
    resources: ['arn:aws:ecs:eu-west-1:111122223333:service/prod/checkout'],
    detail: { ...detail, ...details },
    ...more,
  };
}

describe('names', () => {
  it('reads a cluster and a service', () => {
    expect(kind.problemOf('prod/check_out-2')).toBeNull();
    expect(readName('prod/checkout')).toEqual({ cluster: 'prod', service: 'checkout' });
  });

  it.each([
    '',
    'checkout',
    'prod/',
    '/checkout',
    'a/b/c',
    'prod/check out',
    'prod/чек',
    'prod/check\u0000out',
    'prod/..',
    `prod/${'x'.repeat(256)}`,
  ])('refuses %j with a reason', (name) => expect(kind.problemOf(name)).toMatch(/./));
});

describe('alarm dimensions', () => {
  it('point at a service by both names', () => {
    expect(kind.fromDimensions({ ServiceName: 'checkout', ClusterName: 'prod' })).toBe('prod/checkout');
  });

  it.each([
    {},
    { ServiceName: 'checkout' },
    { ClusterName: 'prod' },
    { ServiceName: 'a b', ClusterName: 'prod' },
  ])('point nowhere: %j', (dimensions) =>
    expect(kind.fromDimensions(dimensions as Record<string, string>)).toBeNull(),
  );
});

describe('ARNs', () => {
  it('name a service, unless they are in the short format or of something else', () => {
    const arn = 'arn:aws:ecs:eu-west-1:111122223333:service';
    expect(kind.fromArn(`${arn}/prod/checkout`)).toBe('prod/checkout');
    expect(kind.fromArn(`${arn}/checkout`)).toBeNull();
    expect(kind.fromArn('arn:aws:ecs:eu-west-1:111122223333:task-set/prod/checkout')).toBeNull();
    expect(kind.fromArn('arn:aws:lambda:eu-west-1:111122223333:service/prod/checkout')).toBeNull();
  });
});

describe('deployment events', () => {
  it('say which deployment of which service did what', () => {
    expect(kind.fromDeploymentEvent(event())).toEqual({
      target: 'ecs:prod/checkout',
      deployment: 'ecs-svc/5317912406814027755',
      state: 'failed',
      at: '2026-11-22T03:08:21.049Z',
      reason: detail.reason,
    });
  });

  it.each([
    ['SERVICE_DEPLOYMENT_IN_PROGRESS', 'started'],
    ['SERVICE_DEPLOYMENT_COMPLETED', 'completed'],
  ])('%s means %s, under either detail type', (eventName, state) => {
    for (const type of ['ECS Deployment State Change', 'ECS Service Action']) {
      expect(kind.fromDeploymentEvent(event({ 'detail-type': type }, { eventName }))).toMatchObject({
        state,
      });
    }
  });

  it('take the cluster of a short service ARN from the detail, and are ignored without it', () => {
    const resources = ['arn:aws:ecs:eu-west-1:111122223333:service/checkout'];
    const clusterArn = 'arn:aws:ecs:eu-west-1:111122223333:cluster/prod';
    expect(kind.fromDeploymentEvent(event({ resources }, { clusterArn }))).toMatchObject({
      target: 'ecs:prod/checkout',
    });
    expect(kind.fromDeploymentEvent(event({ resources }))).toBeNull();
  });

  it('fall back to the time of the envelope', () => {
    expect(kind.fromDeploymentEvent(event({}, { updatedAt: 'yesterday' }))).toMatchObject({
      at: '2026-11-22T03:09:36Z',
    });
  });

  it.each([
    ['another service', event({ source: 'aws.ec2' })],
    ['another detail type', event({ 'detail-type': 'ECS Task State Change' })],
    ['another event', event({}, { eventName: 'SERVICE_STEADY_STATE' })],
    ['a name of Object.prototype', event({}, { eventName: 'constructor' })],
  ])('are ignored: %s', (_, other) => expect(kind.fromDeploymentEvent(other)).toBeNull());

  it.each([
    ['detail', event({ detail: 'none' })],
    ['detail.deploymentId', event({}, { deploymentId: undefined })],
    ['resources', event({ resources: [] })],
  ])('are rejected by the field that is wrong: %s', (field, broken) =>
    expect(readDeployment(broken)).toMatchObject({ kind: 'rejected', field }),
  );

  it('throw only errors that name a field, for any detail and resources', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (anyDetail, resources) => {
        readDeployment(event({ detail: anyDetail, resources: resources as string[] }));
      }),
    );
  });
});
