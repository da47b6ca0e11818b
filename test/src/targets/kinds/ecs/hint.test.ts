import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kind } from '../../../../../src/targets/kinds/ecs/target.ts';
import { readDeployment } from '../../../../../src/targets/deployment.ts';
import type { BusEvent } from '../../../../../src/targets/kind.ts';
import { altered, fixture } from '../../fixtures.ts';

const hintOf = (event: unknown) => kind.fromHint?.(event as BusEvent) ?? null;
const impaired = (path: readonly string[], value: unknown) => altered('service-start-impaired', path, value);
const crashed = (path: readonly string[], value: unknown) => altered('task-crashed', path, value);

describe('a service that cannot start tasks', () => {
  test.each([
    ['SERVICE_TASK_START_IMPAIRED', 'service checkout is unable to consistently start tasks'],
    ['SERVICE_TASK_PLACEMENT_FAILURE', 'service checkout was unable to place a task'],
    [
      'SERVICE_TASK_CONFIGURATION_FAILURE',
      'service checkout was unable to place a task due to a configuration error',
    ],
  ])('%s hints at a stalled deployment', (eventName, says) => {
    expect(hintOf(impaired(['detail', 'eventName'], eventName))).toEqual({
      target: 'ecs:prod/checkout',
      says,
    });
  });

  test('gives its reason if it has one, and the cluster of a short ARN', () => {
    const event = impaired(['detail', 'reason'], 'RESOURCE:FARGATE') as BusEvent;
    const resources = ['arn:aws:ecs:eu-west-1:111122223333:service/checkout'];
    expect(hintOf({ ...event, resources })).toEqual({
      target: 'ecs:prod/checkout',
      says: 'service checkout is unable to consistently start tasks (RESOURCE:FARGATE)',
    });
  });
});

describe('a task of a service', () => {
  test('that failed hints at a stalled deployment', () => {
    expect(hintOf(fixture('task-crashed'))).toEqual({
      target: 'ecs:prod/checkout',
      says: 'service checkout lost a task (container app: exit code 1)',
      stop: {
        id: 'arn:aws:ecs:eu-west-1:111122223333:task/prod/0a1b2c3d4e5f60718293a4b5c6d7e8f9',
        at: '2026-11-22T03:02:35.000Z',
        startedBy: 'ecs-svc/8412097735164408213',
        definition: 'checkout:42',
        kind: 'crash',
        says: 'container app: exit code 1',
      },
    });
    const sick = crashed(['detail', 'stopCode'], 'ServiceSchedulerInitiated') as BusEvent;
    const detail = { ...(sick.detail as object), stoppedReason: 'Task failed ELB health checks in (elb x)' };
    expect(hintOf({ ...sick, detail })).toMatchObject({
      target: 'ecs:prod/checkout',
      stop: { kind: 'health' },
    });
  });

  test.each(['taskArn', 'startedBy', 'taskDefinitionArn'])('without %s is no stop for a lookout', (field) => {
    const hint = hintOf(crashed(['detail', field], undefined));
    expect([hint?.target, hint?.stop]).toEqual(['ecs:prod/checkout', undefined]);
  });

  test.each([
    ['was stopped to scale in', ['detail', 'stopCode'], 'ServiceSchedulerInitiated'],
    ['was done', ['detail', 'containers'], [{ name: 'app', exitCode: 0 }]],
    ['runs', ['detail', 'lastStatus'], 'RUNNING'],
    ['is of no service', ['detail', 'group'], 'family:checkout'],
    ['is of no cluster', ['detail', 'clusterArn'], undefined],
  ])('that %s hints at nothing', (_what, path, value) => {
    expect(hintOf(crashed(path, value))).toBeNull();
  });
});

describe('hints at nothing', () => {
  test.each([
    ['another event', impaired(['detail', 'eventName'], 'SERVICE_STEADY_STATE')],
    ['a name of Object.prototype', impaired(['detail', 'eventName'], 'constructor')],
    ['another source', impaired(['source'], 'shop.release-train')],
    ['another detail type', impaired(['detail-type'], 'ECS Container Instance State Change')],
    ['no service', impaired(['resources'], [])],
    ['no cluster', impaired(['detail', 'clusterArn'], undefined)],
    ['no detail', impaired(['detail'], 'none')],
  ])('%s', (_what, event) => expect(hintOf(event)).toBeNull());

  test('for any detail, and never throws', () => {
    const containers = fc.oneof(fc.anything(), fc.array(fc.anything()));
    const detail = fc.record(
      { containers, stopCode: fc.constantFrom('EssentialContainerExited', 'TaskFailedToStart', 7) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(detail, (more) => {
        const event = fixture('task-crashed') as BusEvent;
        readDeployment({ ...event, detail: { ...(event.detail as object), ...more } });
      }),
    );
  });
});

describe('a hint as an answer', () => {
  test('requests nothing before AWS has answered, and says so', () => {
    expect(readDeployment(fixture('task-crashed'))).toMatchObject({
      kind: 'deployment',
      targets: ['ecs:prod/checkout'],
      requests: [],
      reason:
        'service checkout lost a task (container app: exit code 1): Lastgood asks AWS whether a deployment of ecs:prod/checkout cannot progress, and starts a rollback only then',
    });
  });

  test('is ignored if no target can have the name of the service', () => {
    expect(readDeployment(crashed(['detail', 'group'], 'service:check out'))).toMatchObject({
      kind: 'ignored',
    });
  });
});
