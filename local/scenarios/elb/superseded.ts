import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import type { Weights } from './balancer.ts';
import { weighs } from './ends.ts';
import { openTwoGroups, type TwoGroups } from './two-groups.ts';
import { FAULTY, TARGET } from './releases.ts';

/** What is done after a bad release, before its alarm turns, is not undone. */
export const superseded: readonly Scenario[] = [
  {
    name: 'elb-put-back-by-hand',
    shows:
      'a person sends the traffic back to blue before the alarm turns: nothing is written, and nothing of theirs is condemned',
    target: TARGET,
    async play(stage) {
      const farm = await oneProven(stage);
      await farm.start('green', FAULTY);
      await weighTwice(stage, farm, { blue: 0, green: 100 }, { blue: 100, green: 0 });
    },
    ends: left(100, 0, /^shop-blue is back already: it replaced shop-green/),
  },
  {
    name: 'elb-put-back-by-hand-of-two-proven',
    shows:
      'the same where green was proven once too, with another release behind it: the traffic does not go there',
    target: TARGET,
    async play(stage) {
      const farm = await twoProven(stage);
      await farm.start('green', FAULTY);
      await weighTwice(stage, farm, { blue: 0, green: 100 }, { blue: 100, green: 0 });
    },
    ends: left(100, 0, /^shop-blue is back already: it replaced shop-green/),
  },
  {
    name: 'elb-canary-aborted-by-hand',
    shows: 'a person ends a bad canary before the alarm turns: nothing is written',
    target: TARGET,
    async play(stage) {
      const farm = await oneProven(stage);
      await farm.start('green', FAULTY);
      await weighTwice(stage, farm, { blue: 1, green: 1 }, { blue: 100, green: 0 });
    },
    ends: left(100, 0, /^shop-blue is back already: it replaced 50 % shop-blue and 50 % shop-green/),
  },
  {
    name: 'elb-hotfix-before-alarm',
    shows:
      'the fix is put behind blue and gets the traffic before the alarm turns: a person is asked at most, and it stays',
    target: TARGET,
    async play(stage) {
      const farm = await oneProven(stage);
      await fix(stage, farm);
    },
    ends: { outcome: 'skipped', served: true, writes: [], also: (stage) => weighs(stage, 100, 0) },
  },
  {
    name: 'elb-hotfix-before-alarm-of-two-proven',
    shows: 'the same where green was proven once too',
    target: TARGET,
    async play(stage) {
      const farm = await twoProven(stage);
      await fix(stage, farm);
    },
    ends: { outcome: 'skipped', served: true, writes: [], also: (stage) => weighs(stage, 100, 0) },
  },
];

/** A release that comes within ten minutes may be a fix of the one before it, and that would be suspected. */
async function oneProven(stage: Stage): Promise<TwoGroups> {
  const farm = await openTwoGroups(stage);
  await stage.minutes(3);
  return farm;
}

/** Blue, then green, then blue again were proven, each with a release of its own behind it. */
export async function twoProven(stage: Stage): Promise<TwoGroups> {
  const farm = await openTwoGroups(stage);
  await stage.minutes(3);
  await farm.start('green');
  farm.weigh({ blue: 0, green: 100 });
  await farm.soak();
  await farm.start('blue');
  farm.weigh({ blue: 100, green: 0 });
  await farm.soak();
  await stage.minutes(3);
  return farm;
}

async function weighTwice(stage: Stage, farm: TwoGroups, first: Weights, second: Weights): Promise<void> {
  farm.weigh(first);
  await stage.minutes(1.5);
  farm.weigh(second);
  await stage.aftermath();
}

async function fix(stage: Stage, farm: TwoGroups): Promise<void> {
  await farm.start('green', FAULTY);
  farm.weigh({ blue: 0, green: 100 });
  await farm.start('blue');
  await stage.minutes(0.75);
  farm.weigh({ blue: 100, green: 0 });
  await stage.aftermath();
}

function left(blue: number, green: number, because: RegExp): Ending {
  return {
    ...{ outcome: 'skipped', served: true, writes: [], because },
    also: (stage) => weighs(stage, blue, green),
  };
}
