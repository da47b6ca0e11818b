import type { Scenario } from '../scenario.ts';
import { weighs } from './ends.ts';
import { openTwoGroups } from './two-groups.ts';
import { FAULTY, TARGET } from './releases.ts';
import { twoProven } from './superseded.ts';

/** Weights are proven only together with the releases behind each side. */
export const behind: readonly Scenario[] = [
  {
    name: 'elb-other-release-behind',
    shows:
      'blue was proven, and a bad release is behind it now; a person has put the weights back to green: blue gets no traffic',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage);
      await stage.minutes(3);
      await groups.start('green');
      groups.weigh({ blue: 0, green: 100 });
      await groups.soak();
      await stage.minutes(3);
      await groups.start('blue', FAULTY);
      groups.weigh({ blue: 100, green: 0 });
      await stage.minutes(1.5);
      groups.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'skipped', served: true, writes: [] },
      because: /^shop-green is back already: it replaced shop-blue/,
      also: (stage) => weighs(stage, 0, 100),
    },
  },
  {
    name: 'elb-other-release-behind-unproven',
    shows: 'the same where green was never proven, so that blue is the only candidate',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage, { tags: { 'lastgood:soak': '12' }, proven: false });
      await stage.minutes(16);
      await groups.start('green');
      groups.weigh({ blue: 0, green: 100 });
      await stage.minutes(10.5);
      await groups.start('blue', FAULTY);
      groups.weigh({ blue: 100, green: 0 });
      await stage.minutes(1.5);
      groups.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'skipped', served: true, writes: [] },
      also: (stage) => weighs(stage, 0, 100),
    },
  },
  {
    name: 'elb-other-release-on-the-old-side',
    shows: 'green hurts, and another release is behind blue than when blue was proven: blue gets no traffic',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage);
      await stage.minutes(3);
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await groups.start('blue', FAULTY);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'failed-clean', served: false, writes: [] },
      because: /^cannot go back to shop-blue: shop-blue no longer runs the proven revision/,
      also: (stage) => weighs(stage, 0, 100),
    },
  },
  {
    name: 'elb-older-release-still-behind',
    shows:
      "green hurts; blue's last proven release is behind it again, after other releases on both sides: all traffic goes back",
    target: TARGET,
    async play(stage) {
      const groups = await twoProven(stage);
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['ModifyRule'] },
      because: /^shop-blue runs again instead of shop-green/,
      also: (stage) => weighs(stage, 100, 0),
    },
  },
];
