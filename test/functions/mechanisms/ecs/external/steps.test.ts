import { describe, expect, it } from 'vitest';
import type { Service } from '../../../../../functions/mechanisms/ecs/ecs.ts';
import { stepOf, type Position } from '../../../../../functions/mechanisms/ecs/external/steps.ts';
import type { TaskSet } from '../../../../../functions/mechanisms/ecs/task-sets/task-sets.ts';

const AT = '2026-11-22T03:00:00.000Z';
const setBehind = (targetGroupArn: string, more: Partial<TaskSet> = {}): TaskSet => ({
  arn: `set-${targetGroupArn}`,
  isPrimary: false,
  externalId: null,
  createdAt: AT,
  updatedAt: AT,
  scale: 100,
  running: 4,
  isSteady: true,
  tags: {},
  settings: { taskDefinition: 'checkout:1', loadBalancers: [{ targetGroupArn }] },
  ...more,
});
const sends = (weights: Readonly<Record<string, number>>) => [
  {
    arn: 'rule',
    tags: {},
    actions: [
      {
        Type: 'forward' as const,
        ForwardConfig: {
          TargetGroups: Object.entries(weights).map(([TargetGroupArn, Weight]) => ({
            TargetGroupArn,
            Weight,
          })),
        },
      },
    ],
  },
];
const position: Position = {
  service: { desired: 4 } as Service,
  set: setBehind('blue'),
  others: [setBehind('green', { isPrimary: true })],
  forwardings: sends({ blue: 0, green: 100 }),
  healthy: 4,
};
const stepIf = (more: Partial<Position>) => stepOf({ ...position, ...more });

describe('the way of a task set to the traffic', () => {
  it('is open where it is at full scale, steady and healthy', () => {
    expect(stepIf({})).toBe('take-over');
  });

  it('begins with capacity', () => {
    expect(stepIf({ set: setBehind('blue', { scale: 50 }) })).toBe('prepare');
  });

  it('begins with a listener that knows its target group', () => {
    expect(stepIf({ forwardings: sends({ green: 100 }) })).toBe('prepare');
  });

  it.each([
    ['tasks are missing', { set: setBehind('blue', { running: 3 }) }],
    ['ECS calls it unstable', { set: setBehind('blue', { isSteady: false }) }],
    ['the load balancer does not call all of them healthy', { healthy: 3 }],
  ])('waits while %s', (_, more) => {
    expect(stepIf(more)).toBe('wait');
  });

  it('is not at its end with the traffic alone, nor with the mark alone', () => {
    expect(stepIf({ forwardings: sends({ blue: 100, green: 0 }) })).toBe('take-over');
    expect(stepIf({ set: setBehind('blue', { isPrimary: true }) })).toBe('take-over');
  });

  it('is at its end with both', () => {
    const set = setBehind('blue', { isPrimary: true });
    expect(stepIf({ set, forwardings: sends({ blue: 100, green: 0 }) })).toBe('done');
    expect(stepIf({ set, forwardings: sends({ blue: 100, green: 0 }), healthy: 3 })).toBe('wait');
  });
});
