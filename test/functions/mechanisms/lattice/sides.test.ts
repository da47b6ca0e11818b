import { describe, expect, it } from 'vitest';
import { followed } from '../../../contract/follow.ts';
import { openStage, PROVEN_SINCE, SINCE } from './stage.ts';

describe('the sides of a change of weights', () => {
  it('are the groups that gained traffic and those that had it, measured apart', async () => {
    const weights = { blue: 90, green: 10 };
    const stage = await openStage(weights, { tags: { 'lastgood:lookout': 'act' } });
    const deployment = stage.observe(SINCE, weights);
    const before = stage.idOf(PROVEN_SINCE, { blue: 1 });
    const sides = await stage.mechanism.sides(followed(stage.target, SINCE));
    expect(sides).toMatchObject({
      ...{ state: 'sides', deployment, divided: true },
      newer: { revision: { id: deployment } },
      older: { revision: { id: before } },
    });
    const meters = 'meters' in sides ? sides.meters : [];
    const errors = meters.filter(({ metric }) => metric === 'errors');
    expect(errors.map(({ dimensions, revision }) => [dimensions['TargetGroup'], revision])).toEqual([
      [stage.world.groups['green'], deployment],
      [stage.world.groups['blue'], before],
    ]);
  });

  it('are none without the tag', async () => {
    const stage = await openStage({ blue: 90, green: 10 });
    stage.observe(SINCE, { blue: 90, green: 10 });
    expect(await stage.mechanism.sides(followed(stage.target, SINCE))).toMatchObject({
      reason: 'The target has no tag lastgood:lookout.',
    });
  });
});
