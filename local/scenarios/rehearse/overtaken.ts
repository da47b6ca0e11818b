import { openFleet, TARGET as FLEET } from '../asg/fleet.ts';
import { FLEET as GROUP, openDeploymentGroup, runs as groupRuns } from '../codedeploy/deployment-group.ts';
import { openCodeDeployShop } from '../ecs/code-deploy-shop.ts';
import { wentTo } from '../ecs/endings.ts';
import { openExternalShop } from '../ecs/external-shop.ts';
import { openProvenShop } from '../ecs/proven-shop.ts';
import { TARGET } from '../ecs/target.ts';
import { weighs } from '../elb/ends.ts';
import { TARGET as RULE } from '../elb/releases.ts';
import { openTwoGroups } from '../elb/two-groups.ts';
import { openApi, pointsAt, TARGET as ALIAS } from '../lambda/api.ts';
import { openEdge, TARGET as RECORD, weighs as edgeWeighs } from '../route53/edge.ts';
import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { ended, expectState, REHEARSE, startBack, startForward, type Way } from './rehearsal.ts';

/** Minutes for the soak of a second good revision and the sweep that proves it. */
const PROVING_MINUTES = 9;

/** When another deployment begins: while the way back settles, while it is proven, or just after its end. */
type When = 'settling' | 'proving' | 'after';

/** Goes back, deploys something else, and tries to go forward: that is refused, and no advice leads to it. */
async function overtake(
  stage: Stage,
  target: string,
  when: When,
  deploy: () => void | Promise<void>,
): Promise<void> {
  const back = startBack(stage, target);
  if (when === 'after') {
    expectState('the way back', await ended(stage, back), 'rolled-back', back);
    await deploy();
  } else {
    await stage.until(`it is ${when}`, () => isAt(back, when), 60);
    await deploy();
    expectState('the way back', await ended(stage, back), 'failed-dirty', back);
    expectNoAdvice(back);
  }
  const forward = startForward(stage, back);
  expectState('the way forward', await ended(stage, forward), 'skipped', forward);
  await stage.minutes(3);
}

function isAt(back: Way, when: When): boolean {
  const { reverted, settled } = back.document();
  return when === 'settling' ? reverted !== undefined : settled?.state === 'settled';
}

/** The advice must not urge to undo what was deployed. */
function expectNoAdvice(back: Way): void {
  const said = (back.outcome()?.advice ?? []).join(' ');
  if (said === '' || /--forward|should run/.test(said))
    throw new Error(`the advice undoes what was deployed: ${said}`);
}

const left = (writes: readonly string[], also: (stage: Stage) => string | null = () => null): Ending => ({
  outcome: 'skipped',
  served: true,
  writes,
  because: /^Rehearsal, the way forward: .*left as it is/,
  also,
});

/** Rehearsals during which, or just after whose way back, something else is deployed. It is never undone. */
export const rehearsalsOvertaken: readonly Scenario[] = [
  {
    name: 'rehearse-overtaken',
    shows: 'a release follows the way back: the way forward leaves it as it is',
    target: TARGET,
    async play(stage) {
      const shop = await openProvenShop(stage, { tags: REHEARSE });
      await overtake(stage, TARGET, 'after', async () => {
        shop.release('v3');
        await shop.deployed();
      });
    },
    follows: 'last',
    ends: {
      ...left(['UpdateService'], (stage) => wentTo(stage, 'checkout:3')),
      because: /checkout:3 was deployed since the rehearsal went back, and is left as it is/,
    },
  },
  {
    name: 'rehearse-overtaken-midway',
    shows: 'a release begins while the rehearsal goes back: neither way undoes it',
    target: TARGET,
    async play(stage) {
      const shop = await openProvenShop(stage, { tags: REHEARSE });
      await overtake(stage, TARGET, 'settling', () => shop.release('v3'));
      await shop.deployed();
    },
    follows: 'last',
    ends: left(['UpdateService'], (stage) => wentTo(stage, 'checkout:3')),
  },
  {
    name: 'rehearse-overtaken-by-the-same',
    shows:
      'a person deploys the last known good while the rehearsal goes back to it: it is theirs, and stays',
    target: TARGET,
    async play(stage) {
      const shop = await openProvenShop(stage, { tags: REHEARSE });
      await overtake(stage, TARGET, 'proving', () =>
        shop.update({ taskDefinition: shop.releases['v1'], forceNewDeployment: true }),
      );
      await shop.deployed();
    },
    follows: 'last',
    ends: left(['UpdateService'], (stage) => wentTo(stage, 'checkout:1')),
  },
  {
    name: 'rehearse-overtaken-code-deploy',
    shows: 'CodeDeploy deploys a release to the service while the way back is proven: it stays',
    target: TARGET,
    async play(stage) {
      const shop = await openCodeDeployShop(stage, {
        tags: { ...REHEARSE, 'lastgood:soak': '5' },
        keepsOldMinutes: 0,
      });
      await shop.ended(shop.release('v2'));
      await stage.minutes(PROVING_MINUTES);
      await overtake(stage, TARGET, 'proving', async () => {
        await stage.minutes(0.5);
        shop.release('v3');
      });
      await stage.minutes(5);
      const problem = shop.serves('v3');
      if (problem !== null) throw new Error(problem);
    },
    follows: 'last',
    ends: left(['CreateDeployment']),
  },
  {
    name: 'rehearse-overtaken-external',
    shows:
      'a tool makes the task set of a release just after the way back: the way forward leaves it to the tool',
    target: TARGET,
    async play(stage) {
      const shop = await openExternalShop(stage, { tags: REHEARSE });
      await stage.minutes(PROVING_MINUTES);
      await shop.release('v2');
      await stage.minutes(PROVING_MINUTES);
      await overtake(stage, TARGET, 'after', () => shop.begin('v3', {}));
    },
    follows: 'last',
    ends: left(['ModifyListener', 'ModifyRule', 'UpdateServicePrimaryTaskSet']),
  },
  {
    name: 'rehearse-overtaken-asg',
    shows:
      'a version is put on the group just after the way back, and no refresh has begun yet: it stays there',
    target: FLEET,
    async play(stage) {
      const fleet = await openFleet(stage, { tags: REHEARSE });
      fleet.release({}, { preferences: { MaxHealthyPercentage: 200 } });
      await fleet.refreshed();
      await stage.minutes(PROVING_MINUTES);
      const LaunchTemplate = { ...fleet.group().LaunchTemplate, Version: fleet.version() };
      await overtake(stage, FLEET, 'after', () => {
        const { LaunchTemplateId } = LaunchTemplate;
        fleet.call('UpdateAutoScalingGroup', {
          LaunchTemplate: { LaunchTemplateId, Version: LaunchTemplate.Version },
        });
      });
      if (fleet.group().LaunchTemplate?.Version !== '3') throw new Error('version 3 is not on the group');
    },
    follows: 'last',
    ends: left(['UpdateAutoScalingGroup', 'StartInstanceRefresh']),
  },
  {
    name: 'rehearse-overtaken-elb',
    shows: 'a pipeline sets other weights seconds after the way back: they stay',
    target: RULE,
    async play(stage) {
      const groups = await openTwoGroups(stage, { tags: REHEARSE });
      await groups.start('green');
      groups.weigh({ blue: 0, green: 100 });
      await stage.minutes(PROVING_MINUTES);
      await overtake(stage, groups.target, 'after', () => groups.weigh({ blue: 50, green: 50 }));
    },
    follows: 'last',
    ends: left(['ModifyRule'], (stage) => weighs(stage, 50, 50)),
  },
  {
    name: 'rehearse-overtaken-lambda',
    shows: 'the alias is set to a version seconds after the way back: it keeps it',
    target: ALIAS,
    async play(stage) {
      const api = await openApi(stage, { tags: REHEARSE });
      api.release();
      await api.soaked();
      const FunctionVersion = api.publish();
      await stage.minutes(3);
      await overtake(stage, ALIAS, 'after', () => api.update({ FunctionVersion }));
    },
    follows: 'last',
    ends: left(['UpdateAlias'], (stage) => pointsAt(stage, '3')),
  },
  {
    name: 'rehearse-overtaken-codedeploy',
    shows: 'a release to the deployment group while the way back is proven: it stays',
    target: GROUP,
    async play(stage) {
      const group = await openDeploymentGroup(stage, { tags: REHEARSE });
      group.release('v2');
      await group.deployed();
      await stage.minutes(PROVING_MINUTES);
      await overtake(stage, GROUP, 'proving', () => void group.release('v3'));
      await group.deployed();
    },
    follows: 'last',
    ends: left(['CreateDeployment'], (stage) => groupRuns(stage, 'v3')),
  },
  {
    name: 'rehearse-overtaken-route53',
    shows: 'other weights seconds after the way back: they stay',
    target: RECORD,
    async play(stage) {
      const edge = await openEdge(stage, { tags: REHEARSE, checked: true });
      edge.behave('green', {});
      edge.weigh({ blue: 0, green: 255 });
      await stage.minutes(PROVING_MINUTES);
      await overtake(stage, edge.target, 'after', () => edge.weigh({ blue: 128, green: 127 }));
      edgeWeighs(edge, { blue: 128, green: 127 });
    },
    follows: 'last',
    ends: left(['ChangeResourceRecordSets']),
  },
];
