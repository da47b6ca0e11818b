import { weighs } from '../elb/ends.ts';
import { TARGET } from '../elb/releases.ts';
import { openTwoGroups } from '../elb/two-groups.ts';
import type { Scenario } from '../scenario.ts';
import { installSlack } from '../slack/oncall.ts';
import { allOf, found, triaged } from './found.ts';

/** What a load balancer says about the targets that get the traffic. */
export const balancerCauses: readonly Scenario[] = [
  {
    name: 'evidence-elb-health-check',
    shows: 'traffic was moved to targets that answer their health checks with 503: the likely cause',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage);
      installSlack(stage, ['elb:*']);
      // They never become healthy.
      await groups.start('green', { health: 'fails', errorRate: 0.4 }).catch(() => undefined);
      groups.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
    },
    ends: {
      cause: 'health-check',
      outcome: 'rolled-back',
      served: true,
      writes: ['ModifyRule'],
      movedByPeople: /100 % of the traffic moved to shop-green/,
      also: allOf(
        (stage) => weighs(stage, 100, 0),
        triaged(/answer their health checks with a wrong code \(503\)/),
        found('target health', /^shop-green: .* unhealthy, Target\.ResponseCodeMismatch/),
      ),
    },
  },
];
