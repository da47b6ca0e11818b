import { describe, expect, it } from 'vitest';
import { MAX_STOPS } from '../../../../src/ledger/lookout-keys.ts';
import { at, crash, lookAt, sides, targetsAt, ids, weighAll } from '../followed.ts';

const many = (count: number, more: Parameters<typeof crash>[1] = {}) =>
  Array.from({ length: count }, (_, index) => crash(20 + 10 * index, more));
const wants = (wanted: number) => sides({ newer: { ...sides().newer, wanted } });

describe('tasks that crash', () => {
  it('accuse by the older side, which does not crash', () => {
    const weighed = weighAll([lookAt(100, { stops: many(6) })]);
    expect(weighed).toMatchObject({ state: 'accuse', by: 'control', since: at(20) });
  });

  it('in any order of their events name the first moment', () => {
    const weighed = weighAll([lookAt(100, { stops: many(6).toReversed() })]);
    expect(weighed).toMatchObject({ state: 'accuse', since: at(20) });
  });

  it('do not accuse where the older side crashes as well', () => {
    const stops = [...many(6), ...many(5, { side: 'older' })];
    const weighed = weighAll([lookAt(100, { stops })]);
    expect(weighed.state).toBe('wait-for-sides');
    expect(weighed.says.join()).toContain('5 tasks of the revision before crashed as well');
  });

  it('of a service of any size accuse, though only so many stops are noted', () => {
    const stops = many(MAX_STOPS - 12);
    expect(weighAll([lookAt(400, { stops })], wants(2000)).state).toBe('accuse');
  });

  it('accuse by persistence after the deployment ended, because no older task is there any more', () => {
    const ended = sides({ finishedAt: at(10), tags: { ...sides().tags, 'lastgood:soak': '60' } });
    const weighed = weighAll([lookAt(100, { stops: many(6) })], ended);
    expect(weighed).toMatchObject({ state: 'accuse', by: 'persistence' });
    expect(weighed.says.join()).not.toContain('revision before');
  });

  it('do not accuse by one alone, nor by few of many', () => {
    expect(weighAll([lookAt(30, { stops: many(1) })]).state).toBe('wait');
    expect(weighAll([lookAt(100, { stops: many(5) })], wants(200)).state).toBe('wait-for-sides');
    expect(weighAll([lookAt(400, { stops: many(35) })], wants(200)).state).toBe('accuse');
  });
});

describe('tasks that health checks stop', () => {
  const kills = (count: number, side: 'newer' | 'older' = 'newer') => many(count, { kind: 'health', side });

  it('accuse where none of their targets was ever healthy', () => {
    const unhealthy = targetsAt(200, { unhealthy: ids('new', 4) }, { healthy: ids('old', 4) });
    const weighed = weighAll([lookAt(200, { stops: kills(10), ...unhealthy })]);
    expect(weighed).toMatchObject({ state: 'accuse', by: 'control', since: at(20) });
  });

  it('do not accuse after a target was healthy, or where the older side is stopped as well', () => {
    const healthy = targetsAt(200, { healthy: ids('new', 1) }, { healthy: ids('old', 4) });
    expect(weighAll([lookAt(200, { stops: kills(10), ...healthy })]).state).toBe('wait-for-sides');
    const stops = [...kills(10), ...kills(9, 'older')];
    expect(weighAll([lookAt(200, { stops })]).state).toBe('wait-for-sides');
  });

  it('do not accuse by one or two: it may start slowly', () => {
    expect(weighAll([lookAt(50, { stops: kills(2) })]).state).toBe('wait');
  });

  it('are no crashes', () => {
    const healthy = targetsAt(50, { healthy: ids('new', 1) });
    expect(weighAll([lookAt(50, { stops: kills(3), ...healthy })]).state).toBe('wait');
  });
});
