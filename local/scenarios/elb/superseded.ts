import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import type { Weights } from './balancer.ts';
import { weighs } from './ends.ts';
import { openTwoGroups, type TwoGroups } from './two-groups.ts';
import { FAULTY, TARGET } from './releases.ts';

/** Lastgood does not undo a change that was made after a bad release and before its alarm. */
export const superseded: readonly Scenario[] = [
  {
    name: 'elb-put-back-by-hand',
    shows:
      "a person sends the traffic back to blue before the alarm turns: nothing is written, and the person's choice is not condemned",
    target: TARGET,
    async play(stage) {
      const groups = await oneProven(stage);
      await groups.start('green', FAULTY);
      await weighTwice(stage, groups, { blue: 0, green: 100 }, { blue: 100, green: 0 });
    },
    ends: left(100, 0, /^shop-blue is back already: it replaced shop-green/),
  },
  {
    name: 'elb-put-back-by-hand-of-two-proven',
    shows:
      'the same where green was proven once too, with another release behind it: the traffic does not go there',
    target: TARGET,
    async play(stage) {
      const groups = await twoProven(stage);
      await groups.start('green', FAULTY);
      await weighTwice(stage, groups, { blue: 0, green: 100 }, { blue: 100, green: 0 });
    },
    ends: left(100, 0, /^shop-blue is back already: it replaced shop-green/),
  },
  {
    name: 'elb-canary-aborted-by-hand',
    shows: 'a person ends a bad canary before the alarm turns: nothing is written',
    target: TARGET,
    async play(stage) {
      const groups = await oneProven(stage);
      await groups.start('green', FAULTY);
      await weighTwice(stage, groups, { blue: 1, green: 1 }, { blue: 100, green: 0 });
    },
    ends: left(100, 0, /^shop-blue is back already: it replaced 50 % shop-blue and 50 % shop-green/),
  },
  {
    name: 'elb-hotfix-before-alarm',
    shows:
      'the fix is put behind blue and gets the traffic before the alarm turns: a person is asked at most, and it stays',
    target: TARGET,
    async play(stage) {
      const groups = await oneProven(stage);
      await fix(stage, groups);
    },
    ends: { outcome: 'skipped', served: true, writes: [], also: (stage) => weighs(stage, 100, 0) },
  },
  {
    name: 'elb-hotfix-before-alarm-of-two-proven',
    shows: 'the same where green was proven once too',
    target: TARGET,
    async play(stage) {
      const groups = await twoProven(stage);
      await fix(stage, groups);
    },
    ends: { outcome: 'skipped', served: true, writes: [], also: (stage) => weighs(stage, 100, 0) },
  },
];

/** Waits longer than ten minutes: an earlier release may be a fix of the one before it, which would be suspected. */
async function oneProven(stage: Stage): Promise<TwoGroups> {
  const groups = await openTwoGroups(stage);
  await stage.minutes(3);
  return groups;
}

/** Opens with three proven releases: on blue, then on green, then on blue again. */
export async function twoProven(stage: Stage): Promise<TwoGroups> {
  const groups = await openTwoGroups(stage);
  await stage.minutes(3);
  await groups.start('green');
  groups.weigh({ blue: 0, green: 100 });
  await groups.soak();
  await groups.start('blue');
  groups.weigh({ blue: 100, green: 0 });
  await groups.soak();
  await stage.minutes(3);
  return groups;
}

async function weighTwice(stage: Stage, groups: TwoGroups, first: Weights, second: Weights): Promise<void> {
  groups.weigh(first);
  await stage.minutes(1.5);
  groups.weigh(second);
  await stage.aftermath();
}

async function fix(stage: Stage, groups: TwoGroups): Promise<void> {
  await groups.start('green', FAULTY);
  groups.weigh({ blue: 0, green: 100 });
  await groups.start('blue');
  await stage.minutes(0.75);
  groups.weigh({ blue: 100, green: 0 });
  await stage.aftermath();
}

function left(blue: number, green: number, because: RegExp): Ending {
  return {
    ...{ outcome: 'skipped', served: true, writes: [], because },
    also: (stage) => weighs(stage, blue, green),
  };
}
