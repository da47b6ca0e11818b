import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attached,
  isMoved,
  isUnattached,
  moved,
  weightsIn,
} from '../../../../../functions/mechanisms/ecs/traffic/weights.ts';

const move = { from: ['green'], to: 'blue' };
const forward = (weights: Readonly<Record<string, number>>, more: Action['ForwardConfig'] = {}): Action => ({
  Type: 'forward',
  ForwardConfig: {
    ...more,
    TargetGroups: Object.entries(weights).map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight })),
  },
});
const login: Action = { Type: 'authenticate-oidc', Order: 1 };

describe('moving traffic', () => {
  it('gives one group the weight of the other, and leaves a third alone', () => {
    const [action] = moved([forward({ blue: 20, green: 30, canary: 5 })], move);
    expect([...weightsIn([action!])]).toEqual([
      ['blue', 50],
      ['green', 0],
      ['canary', 5],
    ]);
  });

  it('keeps authentication, in its place', () => {
    expect(moved([login, forward({ blue: 0, green: 1 })], move)[0]).toBe(login);
  });

  it('switches stickiness between groups off, which would keep users on the one at fault', () => {
    const sticky = { TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 3600 } };
    const [action] = moved([forward({ blue: 0, green: 100 }, sticky)], move);
    expect(action?.ForwardConfig?.TargetGroupStickinessConfig).toEqual({ Enabled: false });
  });

  it('never leaves all weights at zero', () => {
    expect(isMoved(moved([forward({ blue: 0, green: 0 })], move), move)).toBe(true);
  });

  it('attaches a group without weight, also where a forward names its one group by ARN alone', () => {
    const only: Action = { Type: 'forward', TargetGroupArn: 'green' };
    expect(isUnattached([only], move)).toBe(true);
    const [action] = attached([only], move);
    expect(action?.TargetGroupArn).toBeUndefined();
    expect([...weightsIn([action!])]).toEqual([
      ['green', 1],
      ['blue', 0],
    ]);
  });

  it('moves everything, loses nothing, and does nothing when done twice', () => {
    const weight = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(weight, weight, weight, (blue, green, canary) => {
        const before = [login, forward({ blue, green, canary })];
        const after = moved(before, move);
        const weights = weightsIn(after);
        expect(isMoved(after, move)).toBe(true);
        expect(weights.get('canary')).toBe(canary);
        expect(weights.get('blue')).toBe(blue + green === 0 ? 1 : blue + green);
        expect(moved(after, move)).toEqual(after);
      }),
    );
  });
});
