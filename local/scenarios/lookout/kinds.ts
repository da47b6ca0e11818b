import { openFleet, TARGET as FLEET, wentTo } from '../asg/fleet.ts';
import { probeUrl } from '../ecs/balancer.ts';
import { inShop } from '../ecs/code-deploy-play.ts';
import { TARGET as SERVICE } from '../ecs/target.ts';
import { weighs } from '../elb/ends.ts';
import { TARGET as RULE } from '../elb/releases.ts';
import { openTwoGroups } from '../elb/two-groups.ts';
import { openApi, pointsAt, TARGET as ALIAS } from '../lambda/api.ts';
import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { accusedFirst } from './accused.ts';

const FOLLOWED = { 'lastgood:lookout': 'act' };
const FAULTY = { errorRate: 0.4 };

const codeDeploy = inShop(
  { tags: FOLLOWED, config: 'CodeDeployDefault.ECSLinear10PercentEvery3Minutes' },
  (shop) => void shop.release('v2', FAULTY),
);

/** Refreshes a probed fleet to a bad version. */
async function refreshBadly(stage: Stage): Promise<void> {
  const fleet = await openFleet(stage, {
    tags: (balancer) => ({ ...FOLLOWED, 'lastgood:probe': probeUrl(stage, balancer) }),
  });
  const preferences = { MaxHealthyPercentage: 200, InstanceWarmup: 240 };
  fleet.release({ errorRate: 0.5 }, { preferences });
  await stage.aftermath();
}

const backOnOne: Ending = {
  outcome: 'rolled-back',
  served: true,
  writes: ['RollbackInstanceRefresh'],
  also: (stage) => accusedFirst(stage) ?? wentTo(stage, '1'),
};

/** Bad releases of the other kinds, which a lookout accuses before an alarm turns. */
export const lookoutKinds: readonly Scenario[] = [
  {
    name: 'lookout-lambda-canary',
    shows:
      'a canary of 5 % fails for a third of its callers: the alarm on the alias never turns, both versions side by side show it',
    target: ALIAS,
    async play(stage) {
      const api = await openApi(stage, { tags: FOLLOWED });
      api.canary(0.05, { errorRate: 0.3 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateAlias'],
      also: (stage) => accusedFirst(stage) ?? pointsAt(stage, '1'),
    },
  },
  {
    name: 'lookout-codedeploy-ecs',
    shows:
      'CodeDeploy shifts a tenth of the traffic to a bad task set: its target group beside the old one shows it at the first step',
    target: SERVICE,
    play: codeDeploy.play,
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['StopDeployment'],
      also: (stage) => accusedFirst(stage) ?? codeDeploy.serves('v1')(stage),
    },
  },
  {
    name: 'lookout-asg-refresh',
    shows: 'an instance refresh brings errors: probes stay bad for longer than a dependency hiccups',
    target: FLEET,
    play: refreshBadly,
    ends: backOnOne,
  },
  {
    name: 'lookout-event-lost',
    shows:
      'the event of the refresh is lost, as AWS allows: the sweep sees it in flight, and the lookout begins then',
    target: FLEET,
    async play(stage) {
      stage.runtime.bus.lose(({ source }) => source === 'aws.autoscaling');
      await refreshBadly(stage);
    },
    ends: backOnOne,
  },
  {
    name: 'lookout-elb-weights',
    shows:
      'a pipeline gives a bad release 5 % of the traffic: the alarm never turns, both target groups side by side show it',
    target: RULE,
    async play(stage) {
      const groups = await openTwoGroups(stage, { tags: FOLLOWED });
      await groups.start('green', { errorRate: 0.3 });
      groups.weigh({ blue: 95, green: 5 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['ModifyRule'],
      also: (stage) => accusedFirst(stage) ?? weighs(stage, 100, 0),
    },
  },
];
