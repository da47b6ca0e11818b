import { describe, expect, test } from 'vitest';
import { readRequest } from '../../../src/rollback/request.ts';
import { readDeployment } from '../../../src/targets/deployment.ts';
import { altered, fixture } from './fixtures.ts';

describe('a deployment event', () => {
  test.each(['deployment-failed', 'deployment-failed-short-arn'])(
    'of a failure asks for a rollback: %s',
    (name) => {
      const read = readDeployment(fixture(name));
      expect(read).toMatchObject({ kind: 'deployment', targets: ['ecs:prod/checkout'] });
      const [request] = 'requests' in read ? read.requests : [];
      expect(readRequest(request)).toEqual({
        target: 'ecs:prod/checkout',
        reason:
          'deployment ecs-svc/8412097735164408213 failed: ECS deployment circuit breaker: tasks failed to start.',
        trigger: {
          type: 'deployment',
          id: 'ecs-svc/8412097735164408213',
          at: '2026-11-20T09:18:44.120Z',
          deployment: 'ecs-svc/8412097735164408213',
          reason: 'ECS deployment circuit breaker: tasks failed to start.',
        },
      });
    },
  );

  test('under the other detail type says the same', () => {
    const event = altered('deployment-failed', ['detail-type'], 'ECS Service Action');
    expect(readDeployment(event)).toEqual(readDeployment(fixture('deployment-failed')));
  });

  test('of a completion is an observed revision and no request', () => {
    expect(readDeployment(fixture('deployment-completed'))).toMatchObject({
      kind: 'deployment',
      targets: ['ecs:prod/checkout'],
      requests: [],
      observed: {
        state: 'completed',
        deployment: 'ecs-svc/8412097735164408213',
        at: '2026-11-20T09:18:44.120Z',
      },
    });
  });

  test('of a start requests nothing, and says that a lookout follows', () => {
    expect(readDeployment(fixture('deployment-in-progress'))).toMatchObject({
      kind: 'deployment',
      targets: ['ecs:prod/checkout'],
      requests: [],
      reason: expect.stringContaining('a lookout follows it') as unknown,
      observed: { state: 'started', deployment: 'ecs-svc/8412097735164408213' },
    });
  });

  test('without any time is rejected by its name', () => {
    const event = altered('deployment-failed', ['detail', 'updatedAt'], undefined) as Record<string, unknown>;
    expect(readDeployment({ ...event, time: 'soon' })).toMatchObject({ kind: 'rejected', field: 'time' });
  });

  test('with an id of no sensible length is rejected by its name', () => {
    const read = readDeployment(altered('deployment-failed', ['detail', 'deploymentId'], 'x'.repeat(513)));
    expect(read).toMatchObject({ kind: 'rejected', field: 'detail.deploymentId' });
  });

  test('of another source is ignored', () => {
    const read = readDeployment(altered('deployment-failed', ['source'], 'shop.release-train'));
    expect(read).toMatchObject({
      kind: 'ignored',
      reason: expect.stringContaining('shop.release-train') as unknown,
    });
  });
});
