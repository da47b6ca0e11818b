import type { DeploymentConfiguration, ListServiceDeploymentsResponse } from '@aws-sdk/client-ecs';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import { probeUrl } from '../ecs/balancer.ts';
import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import { rollbacksIn } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { accusedFirst } from './accused.ts';

const GATED = { 'lastgood:lookout': 'act', 'lastgood:gate': 'on' };

/** Waits at a pause before users meet the new side, when only the test listener leads to it. */
const PAUSING = {
  strategy: 'BLUE_GREEN',
  bakeTimeInMinutes: 5,
  lifecycleHooks: [
    {
      targetType: 'PAUSE',
      lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'],
      timeoutConfiguration: { timeoutInMinutes: 60, action: 'ROLLBACK' },
    },
  ],
} satisfies DeploymentConfiguration;

/** Opens the shop, and deploys a release that stops at the pause. */
export async function release(
  stage: Stage,
  behaviour: Partial<Behaviour>,
  testListener = true,
): Promise<void> {
  const shop = await openShop(stage, {
    twoGroups: true,
    testListener,
    deployment: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0 },
    tags: (balancer) => ({ ...GATED, 'lastgood:probe': probeUrl(stage, balancer) }),
  });
  shop.release('v2', behaviour, { service: { deploymentConfiguration: PAUSING } });
}

/** Deployments that wait at a pause, where the owner lets the lookout answer. */
export const lookoutGate: readonly Scenario[] = [
  {
    name: 'lookout-gate-good',
    shows:
      'a good release waits at its pause: probes of the test listener show it well, and it passes without a person',
    target: TARGET,
    async play(stage) {
      await release(stage, {});
      await stage.until('the release is deployed', () => statusOf(stage) === 'SUCCESSFUL', 30);
    },
    ends: {
      outcome: 'none',
      served: true,
      writes: ['ContinueServiceDeployment'],
      executions: 0,
      also: noHarm,
    },
  },
  {
    name: 'lookout-gate-bad',
    shows:
      'a bad release waits at its pause: probes of the test listener fail while those of users do not, and no user ever meets it',
    target: TARGET,
    async play(stage) {
      await release(stage, { errorRate: 0.6 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['ContinueServiceDeployment'],
      also: (stage) =>
        accusedFirst(stage) ??
        noHarm(stage) ??
        (statusOf(stage) === 'ROLLBACK_SUCCESSFUL' ? null : statusOf(stage)),
    },
  },
  {
    name: 'lookout-gate-asks-once',
    shows:
      'nothing leads to the new side before the shift, so nothing shows whether it is good: a person is asked, once',
    target: TARGET,
    async play(stage) {
      await release(stage, {}, false);
      await stage.aftermath();
      await stage.minutes(20);
    },
    ends: {
      outcome: 'skipped',
      served: true,
      writes: [],
      executions: 1,
      also: (stage) => askedAPerson(stage) ?? (statusOf(stage) === 'IN_PROGRESS' ? null : statusOf(stage)),
    },
  },
];

function noHarm({ traffic }: Stage): string | null {
  const since = traffic.badSince();
  return since === null ? null : `users hurt since ${since.toISOString()}`;
}

function askedAPerson(stage: Stage): string | null {
  const asked = rollbacksIn(stage.runtime).filter(({ states }) =>
    states.some(({ name }) => name === 'Approve'),
  );
  return asked.length === 1 ? null : `a person was asked ${asked.length} times`;
}

/** Returns the status of the newest deployment. */
export function statusOf(stage: Stage): string {
  const input = { cluster: 'prod', service: 'checkout' };
  const { serviceDeployments = [] } = stage.call<ListServiceDeploymentsResponse>(
    'ecs',
    'ListServiceDeployments',
    input,
  );
  return serviceDeployments[0]?.status ?? 'there is no deployment';
}
