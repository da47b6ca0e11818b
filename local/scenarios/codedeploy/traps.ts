import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { FLEET, groupNow, isDeploying, openDeploymentGroup, runs } from './deployment-group.ts';

const FAULTY = { errorRate: 0.4 };

/** Situations that block going back, or that change on the way. */
export const codedeployTraps: readonly Scenario[] = [
  {
    name: 'codedeploy-broken-application-stop',
    shows:
      'the ApplicationStop script of the bad bundle fails, and it runs when the good bundle is deployed: it is ignored',
    target: FLEET,
    async play(stage) {
      const group = await openDeploymentGroup(stage);
      group.release('v2', { ...FAULTY, applicationStop: 'fails' });
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
    name: 'codedeploy-native-rollback-fails',
    shows:
      "a broken ApplicationStop makes CodeDeploy's own rollback fail: the good bundle is deployed again, and the script is ignored",
    target: FLEET,
    async play(stage) {
      const group = await openDeploymentGroup(stage, { instances: 8, config: 'OneAtATime' });
      group.release('v2', { ...FAULTY, applicationStop: 'fails' });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['StopDeployment', 'CreateDeployment'],
      also: (stage) => runs(stage, 'v1'),
    },
  },
  {
    name: 'codedeploy-slow-stop',
    shows:
      'CodeDeploy would go back to a release that was never proven, and takes a minute to stop: the good bundle waits for its turn',
    target: FLEET,
    async play(stage) {
      const group = await openDeploymentGroup(stage, { instances: 8, config: 'OneAtATime' });
      group.release('v2');
      await group.deployed();
      stage.world.codedeploy.stopsAfter(60);
      group.release('v3', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['StopDeployment', 'CreateDeployment'],
      also: (stage) => runs(stage, 'v1'),
    },
  },
  {
    name: 'codedeploy-first-release',
    shows: 'the very first release hurts: there is nothing to go back to, and nothing is changed',
    target: FLEET,
    async play(stage) {
      await openDeploymentGroup(stage, { first: { validateService: 'fails' }, proven: false });
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-clean',
      // No request was ever served, so none fails.
      served: true,
      writes: [],
      because: /no other usable revision succeeded before the deployment of checkout-v1\.zip/,
    },
  },
  {
    name: 'codedeploy-fix-overtakes',
    shows: 'an operator stops the way back and deploys the fix: Lastgood yields, and a person is notified',
    target: FLEET,
    async play(stage) {
      const group = await openDeploymentGroup(stage);
      group.release('v2', FAULTY);
      await stage.until('the way back was started', () =>
        stage.journal.writes().includes('CreateDeployment'),
      );
      await stage.minutes(0.2);
      stopWhatRuns(stage);
      await stage.until('it was stopped', () => !isDeploying(stage));
      group.release('v3');
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-dirty',
      served: true,
      writes: ['CreateDeployment'],
      also: (stage) => runs(stage, 'v3'),
    },
  },
  {
    name: 'codedeploy-observe',
    shows:
      'the group is tagged to be observed: nothing is changed, and Lastgood says what it would have done',
    target: FLEET,
    async play(stage) {
      const group = await openDeploymentGroup(stage, { tags: { lastgood: 'observe' } });
      group.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [] },
  },
];

function stopWhatRuns(stage: Stage): void {
  const { deploymentId } = groupNow(stage).lastAttemptedDeployment ?? {};
  stage.call('codedeploy', 'StopDeployment', { deploymentId, autoRollbackEnabled: false });
  stage.journal.note('an operator stops the deployment');
}
