import type { Scenario } from '../scenario.ts';
import { FLEET, openDeploymentGroup, rollsBackOn, runs, WATCHED } from './deployment-group.ts';
import { ownRollbacks } from './own-rollback.ts';

/** Bundles that install well and hurt all the same: only the alarm knows. */
const FAULTY = { errorRate: 0.4 };
const BROKEN = { validateService: 'fails' } as const;

const ownRollback = ownRollbacks({
  prefix: 'codedeploy',
  lateMinutes: 5,
  target: FLEET,
  names: { applicationName: 'checkout', deploymentGroupName: 'fleet' },
  open: async (stage) => {
    const farm = await openDeploymentGroup(stage, { instances: 8, config: 'OneAtATime' });
    return () => farm.release('v2', FAULTY);
  },
  serves: (stage) => runs(stage, 'v1'),
});

/** Releases to instances that stay where they are. */
export const codedeployInPlace: readonly Scenario[] = [
  {
    name: 'codedeploy-errors-in-flight',
    shows:
      'a bundle hurts while it goes from instance to instance: the deployment is stopped, and CodeDeploy brings the old bundle back',
    target: FLEET,
    async play(stage) {
      const farm = await openDeploymentGroup(stage, { instances: 8, config: 'OneAtATime' });
      farm.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['StopDeployment'],
      also: (stage) => runs(stage, 'v1'),
    },
  },
  {
    name: 'codedeploy-errors-after-completion',
    shows: 'the alarm turns after the deployment succeeded: the good bundle is deployed again',
    target: FLEET,
    async play(stage) {
      const farm = await openDeploymentGroup(stage);
      farm.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['CreateDeployment'],
      also: (stage) => runs(stage, 'v1'),
    },
  },
  {
    name: 'codedeploy-alarm-locks-the-fix',
    shows:
      "the group's own alarm is red from the bad bundle and would stop the good one: the way back overrides it",
    target: FLEET,
    async play(stage) {
      const farm = await openDeploymentGroup(stage, { settings: WATCHED });
      farm.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['CreateDeployment'],
      also: (stage) => runs(stage, 'v1'),
    },
  },
  {
    name: 'codedeploy-native-rollback',
    shows:
      'the bundle fails its validation and CodeDeploy goes back by itself: it is joined, watched and proven',
    target: FLEET,
    async play(stage) {
      const farm = await openDeploymentGroup(stage, { settings: rollsBackOn('DEPLOYMENT_FAILURE') });
      farm.release('v2', BROKEN);
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: [], also: (stage) => runs(stage, 'v1') },
  },
  {
    name: 'codedeploy-fails-half-way',
    shows:
      'the bundle fails its validation on half the fleet and nobody goes back: the good bundle is deployed again',
    target: FLEET,
    async play(stage) {
      const farm = await openDeploymentGroup(stage);
      farm.release('v2', BROKEN);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['CreateDeployment'],
      also: (stage) => runs(stage, 'v1'),
    },
  },
  {
    name: 'codedeploy-lost-failure-event',
    shows: 'that the deployment failed was never heard of: the sweep sees it',
    target: FLEET,
    async play(stage) {
      stage.runtime.bus.lose(({ detail }) => detail['state'] === 'FAILURE');
      const farm = await openDeploymentGroup(stage);
      farm.release('v2', BROKEN);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['CreateDeployment'],
      also: (stage) => runs(stage, 'v1'),
    },
  },
  ...ownRollback,
];
