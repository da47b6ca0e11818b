import { planNames } from '../changes.ts';
import type { Scenario } from '../scenario.ts';
import { actionsNow, weighs } from './ends.ts';
import { openTwoGroups } from './two-groups.ts';

/** The ARN of the rule differs from seed to seed. */
export const TARGET = 'elb:the rule of the shop';

export const FAULTY = { errorRate: 0.4 };

/** A pipeline moves the traffic from blue to green, and green hurts. */
export const releases: readonly Scenario[] = [
  {
    name: 'elb-canary',
    shows: 'a tenth, then a half of the traffic meets a bad release: all of it goes back to blue',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage);
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 9, green: 1 });
      await stage.minutes(1.5);
      groups.weigh({ blue: 1, green: 1 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['ModifyRule'],
      because: /^shop-blue runs again instead of 50 % shop-blue and 50 % shop-green/,
      also: (stage) => weighs(stage, 100, 0),
    },
  },
  {
    name: 'elb-blue-green',
    shows: 'all of the traffic went to green, and blue still runs: all of it goes back',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage);
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['ModifyRule'],
      because: /^shop-blue runs again instead of shop-green/,
      also: (stage) =>
        weighs(stage, 100, 0) ??
        planNames(
          /^traffic to shop-green: 100 % → none$/,
          /^what serves: shop-green \(lt-\w+:1\) → shop-blue \(lt-\w+:1\)$/,
          /^traffic to shop-blue: none → 100 %$/,
        )(stage),
    },
  },
  {
    name: 'elb-network-listener',
    shows: 'the same at a Network Load Balancer, whose listener has the weights',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage, { on: 'network listener' });
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['ModifyListener'],
      also: (stage) => weighs(stage, 100, 0),
    },
  },
  {
    name: 'elb-alarm-of-target-group',
    shows: 'the alarm has no tag and watches a target group, whose tag names the rule before it',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage, { alarmsOnGroup: true });
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['ModifyRule'] },
  },
  {
    name: 'elb-sticky',
    shows: 'cookies keep users on green in spite of the weights: stickiness is switched off on the way back',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage, { stickySeconds: 86_400 });
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 1, green: 1 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['ModifyRule'],
      also: (stage) =>
        actionsNow(stage).some(
          ({ ForwardConfig }) => ForwardConfig?.TargetGroupStickinessConfig?.Enabled === true,
        )
          ? 'stickiness is still on'
          : null,
    },
  },
  {
    name: 'elb-turns',
    shows: 'green was rolled back once, is repaired and proven: a bad blue then goes back to it',
    target: TARGET,
    follows: 'last',
    async play(stage) {
      const groups = await openTwoGroups(stage, {
        tags: { 'lastgood:cooldown': '0', 'lastgood:window': '10' },
      });
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
      await groups.start('green');
      groups.weigh({ blue: 0, green: 100 });
      await groups.soak();
      await groups.start('blue', FAULTY);
      groups.weigh({ blue: 100, green: 0 });
      await stage.minutes(4);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['ModifyRule', 'ModifyRule'],
      because: /^shop-green runs again instead of shop-blue/,
      executions: 2,
      also: (stage) => weighs(stage, 0, 100),
    },
  },
];
