import { describe, expect, it } from 'vitest';
import type { Service } from '../../../../../functions/mechanisms/ecs/ecs.ts';
import {
  movesOf,
  stageOf,
  toMove,
  type Position,
} from '../../../../../functions/mechanisms/ecs/external/stages.ts';
import { sends as sendsBy, setBehind } from './task-sets.ts';

const sends = (weights: Readonly<Record<string, number>>) => [sendsBy(weights)];

const position: Position = {
  service: { desired: 4 } as Service,
  set: setBehind('blue'),
  others: [setBehind('green', { isPrimary: true })],
  forwardings: sends({ blue: 0, green: 100 }),
  healthy: 4,
};
const stepIf = (more: Partial<Position>) => stageOf({ ...position, ...more });

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

describe('the traffic of a task set', () => {
  it('is not there where no listener sends any', () => {
    expect(stepIf({ set: setBehind('blue', { isPrimary: true }), forwardings: [] })).toBe('take-over');
  });

  it('moves group by group, and never from the group that takes it', () => {
    const set = setBehind(['blue', 'admin-blue']);
    const others = [setBehind(['green', 'admin-blue'], { isPrimary: true }), setBehind(['red', 'admin-red'])];
    expect(movesOf({ set, others })).toEqual([
      { to: 'blue', from: ['green', 'red'] },
      { to: 'admin-blue', from: ['admin-red'] },
    ]);
  });

  it('is left alone by a rule that knows neither side', () => {
    const forwardings = [sendsBy({ blue: 0, green: 100 }), sendsBy({ other: 100 }, 'else')];
    expect(toMove({ ...position, forwardings }).map(({ forwarding }) => forwarding.arn)).toEqual(['rule']);
  });
});
