import { openFleet, TARGET as FLEET, wentTo as fleetWentTo } from '../asg/fleet.ts';
import { FLEET as GROUP, openDeploymentGroup, runs as groupRuns } from '../codedeploy/deployment-group.ts';
import { openCodeDeployShop } from '../ecs/code-deploy-shop.ts';
import { wentTo } from '../ecs/endings.ts';
import { openExternalShop } from '../ecs/external-shop.ts';
import { openProvenShop } from '../ecs/proven-shop.ts';
import { TARGET } from '../ecs/target.ts';
import { TARGET as RULE } from '../elb/releases.ts';
import { weighs } from '../elb/ends.ts';
import { openTwoGroups } from '../elb/two-groups.ts';
import { condemnedBesides } from '../events/published.ts';
import { openApi, pointsAt, TARGET as ALIAS } from '../lambda/api.ts';
import { openEdge, TARGET as RECORD, weighs as edgeWeighs } from '../route53/edge.ts';
import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { REHEARSE, rehearse } from './rehearsal.ts';

/** Minutes for the soak of a second good revision and the sweep that proves it. */
const PROVING_MINUTES = 9;

const SWITCH = ['ModifyListener', 'ModifyRule', 'UpdateServicePrimaryTaskSet'];

/** Both ways are proven, and nothing is condemned. */
function bothWays(writes: readonly string[], also: (stage: Stage) => string | null = () => null): Ending {
  return {
    outcome: 'rolled-back',
    served: true,
    writes,
    executions: 2,
    because: /^Rehearsal, the way back: /,
    also: (stage) => condemnedBesides(stage, 'nothing') ?? reported(stage, 2) ?? also(stage),
  };
}

/** Returns null if the timeline has so many reports, or else the difference. What ends the story is in it as well. */
function reported({ journal }: Stage, times: number): string | null {
  const reports = journal.happenings().filter(({ what }) => what.startsWith('Report: '));
  return reports.length === times ? null : `the timeline has ${reports.length} reports, not ${times}`;
}

/** Rehearsals that go back and forward again. */
export const rehearsalWays: readonly Scenario[] = [
  {
    name: 'rehearse-ecs-rolling',
    shows: 'a rolling service goes back to its last known good and forward again, by the usual machine',
    target: TARGET,
    async play(stage) {
      await openProvenShop(stage, { tags: REHEARSE });
      await rehearse(stage, TARGET);
    },
    ends: bothWays(['UpdateService', 'UpdateService'], (stage) => wentTo(stage, 'checkout:2')),
  },
  {
    name: 'rehearse-ecs-blue-green',
    shows: 'a service with blue/green deployments goes back and forward again',
    target: TARGET,
    async play(stage) {
      await openProvenShop(stage, {
        tags: REHEARSE,
        twoGroups: true,
        deployment: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0 },
      });
      await rehearse(stage, TARGET);
    },
    ends: bothWays(['UpdateService', 'UpdateService'], (stage) => wentTo(stage, 'checkout:2')),
  },
  {
    name: 'rehearse-ecs-code-deploy',
    shows: 'a service that CodeDeploy deploys goes back and forward again',
    target: TARGET,
    async play(stage) {
      const shop = await openCodeDeployShop(stage, {
        tags: { ...REHEARSE, 'lastgood:soak': '5' },
        keepsOldMinutes: 0,
      });
      await shop.ended(shop.release('v2'));
      await stage.minutes(PROVING_MINUTES);
      await rehearse(stage, TARGET);
    },
    ends: bothWays(['CreateDeployment', 'CreateDeployment']),
  },
  {
    name: 'rehearse-ecs-external',
    shows: 'a service whose task sets a tool makes goes back and forward again',
    target: TARGET,
    async play(stage) {
      const shop = await openExternalShop(stage, { tags: REHEARSE });
      await stage.minutes(PROVING_MINUTES);
      await shop.release('v2');
      await stage.minutes(PROVING_MINUTES);
      await rehearse(stage, TARGET);
      const problem = shop.servesAlone('v2');
      if (problem !== null) throw new Error(problem);
    },
    ends: bothWays([...SWITCH, ...SWITCH]),
  },
  {
    name: 'rehearse-asg',
    shows: 'an Auto Scaling group goes back and forward again, by two instance refreshes',
    target: FLEET,
    async play(stage) {
      const fleet = await openFleet(stage, { tags: REHEARSE });
      fleet.release({}, { preferences: { MaxHealthyPercentage: 200 } });
      await fleet.refreshed();
      await stage.minutes(PROVING_MINUTES);
      await rehearse(stage, FLEET);
    },
    ends: bothWays(
      ['UpdateAutoScalingGroup', 'StartInstanceRefresh', 'UpdateAutoScalingGroup', 'StartInstanceRefresh'],
      (stage) => fleetWentTo(stage, '2'),
    ),
  },
  {
    name: 'rehearse-elb',
    shows: 'the weights of a rule go back to blue and forward again to green',
    target: RULE,
    async play(stage) {
      const groups = await openTwoGroups(stage, { tags: REHEARSE });
      await groups.start('green');
      groups.weigh({ blue: 0, green: 100 });
      await stage.minutes(PROVING_MINUTES);
      await rehearse(stage, groups.target);
    },
    ends: bothWays(['ModifyRule', 'ModifyRule'], (stage) => weighs(stage, 0, 100)),
  },
  {
    name: 'rehearse-lambda',
    shows: 'an alias goes back to the last known good version and forward again',
    target: ALIAS,
    async play(stage) {
      const api = await openApi(stage, { tags: REHEARSE });
      api.release();
      await api.soaked();
      await rehearse(stage, ALIAS);
    },
    ends: bothWays(['UpdateAlias', 'UpdateAlias'], (stage) => pointsAt(stage, '2')),
  },
  {
    name: 'rehearse-codedeploy',
    shows: 'a deployment group goes back to its last known good bundle and forward again',
    target: GROUP,
    async play(stage) {
      const group = await openDeploymentGroup(stage, { tags: REHEARSE });
      group.release('v2');
      await group.deployed();
      await stage.minutes(PROVING_MINUTES);
      await rehearse(stage, GROUP);
    },
    ends: bothWays(['CreateDeployment', 'CreateDeployment'], (stage) => groupRuns(stage, 'v2')),
  },
  {
    name: 'rehearse-route53',
    shows: 'the weights of DNS records go back to blue and forward again to green',
    target: RECORD,
    async play(stage) {
      const edge = await openEdge(stage, { tags: REHEARSE, checked: true });
      edge.behave('green', {});
      edge.weigh({ blue: 0, green: 255 });
      await stage.minutes(PROVING_MINUTES);
      await rehearse(stage, edge.target);
      edgeWeighs(edge, { blue: 0, green: 255 });
    },
    ends: bothWays(['ChangeResourceRecordSets', 'ChangeResourceRecordSets']),
  },
];
