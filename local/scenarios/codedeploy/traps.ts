import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { FLEET, groupNow, isDeploying, openDeploymentGroup, runs } from './deployment-group.ts';

const FAULTY = { errorRate: 0.4 };

/** What stands in the way of going back, or comes in between. */
export const codedeployTraps: readonly Scenario[] = [
  {
    name: 'codedeploy-broken-application-stop',
    shows:
      'the ApplicationStop script of the bad bundle fails, and it is the one that runs when the good bundle is deployed over it: it is ignored',
    target: FLEET,
    async play(stage) {
      const farm = await openDeploymentGroup(stage);
      farm.release('v2', { ...FAULTY, applicationStop: 'fails' });
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
      const farm = await openDeploymentGroup(stage, { instances: 8, config: 'OneAtATime' });
      farm.release('v2', { ...FAULTY, applicationStop: 'fails' });
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
      'CodeDeploy would go back to a release that nobody has proven, and takes a minute to stop: the good bundle waits for the one place there is',
    target: FLEET,
    async play(stage) {
      const farm = await openDeploymentGroup(stage, { instances: 8, config: 'OneAtATime' });
      farm.release('v2');
      await farm.deployed();
      stage.world.codedeploy.stopsAfter(60);
      farm.release('v3', FAULTY);
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
    shows: 'the first release of all hurts: there is nothing to go back to, it says so and changes nothing',
    target: FLEET,
    async play(stage) {
      await openDeploymentGroup(stage, { first: { validateService: 'fails' }, proven: false });
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-clean',
      // Nobody was ever served, so that nobody is hurt.
      served: true,
      writes: [],
      because: /no earlier deployment to this group succeeded/,
    },
  },
  {
    name: 'codedeploy-fix-overtakes',
    shows: 'somebody stops the way back and deploys the fix: it is let through, and a person is told',
    target: FLEET,
    async play(stage) {
      const farm = await openDeploymentGroup(stage);
      farm.release('v2', FAULTY);
      await stage.until('the way back was started', () =>
        stage.journal.writes().includes('CreateDeployment'),
      );
      await stage.minutes(0.2);
      stopWhatRuns(stage);
      await stage.until('it was stopped', () => !isDeploying(stage));
      farm.release('v3');
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
      'the group only lets itself be observed: nothing is changed, and what would have been done is said',
    target: FLEET,
    async play(stage) {
      const farm = await openDeploymentGroup(stage, { tags: { lastgood: 'observe' } });
      farm.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [] },
  },
];

function stopWhatRuns(stage: Stage): void {
  const { deploymentId } = groupNow(stage).lastAttemptedDeployment ?? {};
  stage.call('codedeploy', 'StopDeployment', { deploymentId, autoRollbackEnabled: false });
  stage.journal.note('somebody stops the deployment');
}
