import { describe, expect, it } from 'vitest';
import {
  obstacleTo,
  obstacleToSwitch,
  settingsFor,
} from '../../../../../functions/mechanisms/ecs/external/obstacles.ts';
import { sends, setBehind } from './task-sets.ts';

const bad = setBehind('green', { isPrimary: true });
const old = setBehind('blue');

describe('moving traffic away', () => {
  it.each([
    [/no load balancer/, setBehind([]), [sends({ green: 100 })]],
    [/no listener forwards/, bad, []],
    [
      /closed, which sends the traffic, is not tagged/,
      bad,
      [sends({ green: 1 }), { ...sends({}, 'closed'), tags: {} }],
    ],
  ])('is hindered: %s', (reason, atFault, forwardings) => {
    expect(obstacleTo(atFault, forwardings)).toMatch(reason);
  });

  it('is open where every forwarding consents', () => {
    expect(
      obstacleTo(bad, [sends({ green: 1 }), { ...sends({}), tags: { lastgood: 'approve' } }]),
    ).toBeNull();
  });
});

describe('switching back to an old task set', () => {
  it.each([
    [/behind the same target group/, setBehind('green'), bad],
    [/behind other load balancers/, setBehind(['blue', 'admin']), bad],
    [/scaled down to 50 %/, { ...old, scale: 50 }, bad],
    [/scaled down to 0 %/, { ...old, scale: 0, tags: { lastgood: 'observe' } }, bad],
  ])('is hindered: %s', (reason, set, atFault) => {
    expect(obstacleToSwitch(set, atFault)).toMatch(reason);
  });

  it.each([old, { ...old, scale: 50, tags: { lastgood: 'auto' } }])('is open: %j', (set) => {
    expect(obstacleToSwitch(set, bad)).toBeNull();
  });
});

describe('a new task set', () => {
  const groupsOf = (...rules: readonly Readonly<Record<string, number>>[]) =>
    settingsFor(
      'checkout:1',
      bad,
      [bad, old],
      rules.map((weights) => sends(weights)),
    )?.loadBalancers.map(({ targetGroupArn }) => targetGroupArn) ?? null;

  it('takes the one group beside the one in use that is free', () => {
    expect(groupsOf({ green: 100, spare: 0 })).toEqual(['spare']);
    expect(groupsOf({ green: 100, spare: 0 }, { green: 1, spare: 0 })).toEqual(['spare']);
  });

  it.each([
    ['it has traffic', [{ green: 50, spare: 50 }]],
    ['another task set uses it', [{ green: 100, blue: 0 }]],
    ['it stands beside another group', [{ green: 100 }, { other: 100, spare: 0 }]],
    ['there are two', [{ green: 100, spare: 0, more: 0 }]],
    ['there is none', [{ green: 100 }]],
  ])('takes none where %s', (_, rules) => {
    expect(groupsOf(...(rules as Readonly<Record<string, number>>[]))).toBeNull();
  });
});
