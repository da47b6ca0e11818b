import type { Scenario } from '../scenario.ts';
import { weighs } from './ends.ts';
import { openTwoGroups } from './two-groups.ts';
import { FAULTY, TARGET } from './releases.ts';

/** Situations that block going back, and what Lastgood does about them. */
export const blockers: readonly Scenario[] = [
  {
    name: 'elb-unattached',
    shows: 'the pipeline detached blue: its health is unknown, so no traffic goes there, and it ends clean',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage);
      await groups.start('green', FAULTY);
      groups.weigh({ green: 100 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: [],
      because: /the health of shop-blue is unknown/,
    },
  },
  {
    name: 'elb-blue-too-small',
    shows: 'blue was shrunk: it grows first, and the weights move when it can carry the traffic',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage);
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await groups.resize('blue', 1);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['SetDesiredCapacity', 'ModifyRule'],
      also: (stage) => weighs(stage, 100, 0),
    },
  },
  {
    name: 'elb-blue-cannot-grow',
    shows: 'blue was shrunk and nothing says which Auto Scaling group is behind it: it ends clean',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage, { groupTags: { team: 'shop' } });
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await groups.resize('blue', 1);
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: [],
      because: /shop-blue has 1 healthy targets of 4 needed, and no tag lastgood:group/,
    },
  },
  {
    name: 'elb-owned-by-ecs',
    shows:
      'the target groups belong to an ECS service, which owns the weights: nothing is written, and the reason names it',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage, { groupTags: { 'lastgood:target': 'ecs:prod/checkout' } });
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: [],
      because: /belongs to ecs:prod\/checkout, by its tag lastgood:target: roll that back instead/,
    },
  },
  {
    name: 'elb-owned-by-controller',
    shows:
      'the AWS Load Balancer Controller made the rule from an Ingress and would put its weights back: nothing is written, and the reason names it',
    target: TARGET,
    async play(stage) {
      const tags = { 'elbv2.k8s.aws/cluster': 'prod', 'ingress.k8s.aws/stack': 'shop/checkout' };
      const groups = await openTwoGroups(stage, { tags });
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: [],
      because: /sets its weights from ingress shop\/checkout of cluster prod, by its tags, and restores them/,
    },
  },
  {
    name: 'elb-never-proven',
    shows: 'nothing was proven before the release: there is nowhere to go back to, and it ends clean',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage, { proven: false, tags: { 'lastgood:soak': '60' } });
      await stage.minutes(12);
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: [],
      because: /no other usable division .* is proven/,
    },
  },
  {
    name: 'elb-hangs',
    shows:
      'the weights went back, and a dependency of both sides hangs: targets look healthy and users get 504, which is not healthy',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage);
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await stage.until('the weights went back', () => stage.journal.writes().includes('ModifyRule'));
      stage.traffic.hangAll();
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      writes: ['ModifyRule'],
      because: /errors of target group shop-blue was unhealthy \(100.0 % of \d+ requests failed/,
    },
  },
];
