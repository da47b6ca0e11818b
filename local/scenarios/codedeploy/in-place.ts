import type { Scenario } from '../scenario.ts';
import { FLEET, openDeploymentGroup, rollsBackOn, runs, WATCHED } from './deployment-group.ts';
import { ownRollbacks } from './own-rollback.ts';

/** Bundles that install well and hurt all the same: only the alarm shows it. */
const FAULTY = { errorRate: 0.4 };
const BROKEN = { validateService: 'fails' } as const;

const ownRollback = ownRollbacks({
  prefix: 'codedeploy',
  lateMinutes: 5,
  target: FLEET,
  names: { applicationName: 'checkout', deploymentGroupName: 'fleet' },
  open: async (stage) => {
    const group = await openDeploymentGroup(stage, { instances: 8, config: 'OneAtATime' });
    return () => group.release('v2', FAULTY);
  },
  serves: (stage) => runs(stage, 'v1'),
});

/** Releases to instances that stay. */
export const codedeployInPlace: readonly Scenario[] = [
  {
    name: 'codedeploy-errors-in-flight',
    shows:
      'a bundle hurts while it goes from instance to instance: the deployment is stopped, and CodeDeploy brings the old bundle back',
    target: FLEET,
    async play(stage) {
      const group = await openDeploymentGroup(stage, { instances: 8, config: 'OneAtATime' });
      group.release('v2', FAULTY);
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
      const group = await openDeploymentGroup(stage);
      group.release('v2', FAULTY);
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
      const group = await openDeploymentGroup(stage, { settings: WATCHED });
      group.release('v2', FAULTY);
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
      'the bundle fails its validation and CodeDeploy goes back natively: Lastgood joins, watches and proves it',
    target: FLEET,
    async play(stage) {
      const group = await openDeploymentGroup(stage, { settings: rollsBackOn('DEPLOYMENT_FAILURE') });
      group.release('v2', BROKEN);
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: [], also: (stage) => runs(stage, 'v1') },
  },
  {
    name: 'codedeploy-fails-half-way',
    shows:
      'the bundle fails its validation on half the fleet and CodeDeploy does not go back: the good bundle is deployed again',
    target: FLEET,
    async play(stage) {
      const group = await openDeploymentGroup(stage);
      group.release('v2', BROKEN);
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
    shows: 'the event that the deployment failed is lost: the sweep finds it',
    target: FLEET,
    async play(stage) {
      stage.runtime.bus.lose(({ detail }) => detail['state'] === 'FAILURE');
      const group = await openDeploymentGroup(stage);
      group.release('v2', BROKEN);
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
