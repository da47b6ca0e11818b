import { describe, expect, it } from 'vitest';
import { openTwoGroups, type TwoGroups } from '../../local/scenarios/elb/two-groups.ts';
import { play } from '../../local/scenarios/play.ts';
import type { Scenario } from '../../local/scenarios/scenario.ts';
import type { Stage } from '../../local/scenarios/stage.ts';

/** Changes the two groups while blue has all of the traffic. */
type Change = (groups: TwoGroups, stage: Stage) => void;

const resize = (side: 'blue' | 'green', DesiredCapacity: number): Change => {
  const AutoScalingGroupName = `shop-${side}`;
  return (_, stage) =>
    stage.call('autoscaling', 'SetDesiredCapacity', { AutoScalingGroupName, DesiredCapacity });
};

const scenarioWith = (change: Change, served: boolean): Scenario => ({
  name: 'traffic-rule',
  shows: 'a change by an operator, and no rollback',
  target: 'elb:the rule of the shop',
  async play(stage) {
    const groups = await openTwoGroups(stage, { proven: false });
    await groups.start('green');
    await stage.minutes(1);
    change(groups, stage);
    await stage.minutes(1);
  },
  ends: { outcome: 'none', served, writes: [] },
});

async function problemsOf(change: Change, served = true): Promise<readonly string[]> {
  return (await play(scenarioWith(change, served), { seed: 1, fast: true })).problems;
}

describe('the rule for traffic', () => {
  it('fails a scenario in which traffic moves to a side without the capacity', async () => {
    const shrunk: Change = (groups, stage) => {
      resize('green', 2)(groups, stage);
      stage.world.clock.after(30_000, () => groups.weigh({ blue: 1, green: 3 }));
    };
    expect(await problemsOf(shrunk)).toEqual([
      expect.stringMatching(/ 75 % of the traffic moved to shop-green, 2 healthy of 4 needed$/),
    ]);
  });

  it('fails a scenario in which a side that serves is scaled to zero', async () => {
    expect(await problemsOf(resize('blue', 0), false)).toEqual([
      expect.stringMatching(/ shop-blue was scaled to zero with 100 % of the traffic$/),
    ]);
  });

  it('accepts a scenario in which a side without traffic is scaled to zero', async () => {
    expect(await problemsOf(resize('green', 0))).toEqual([]);
  });
});
