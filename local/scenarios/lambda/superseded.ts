import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { shift } from './codedeploy.ts';
import { isAt, rollbacksIn } from '../rollbacks.ts';
import { openApi, pointsAt, TARGET, type Api } from './api.ts';

const FAULTY = { errorRate: 0.4 };

/** Lastgood does not undo a change that was made after a bad release and before its alarm. */
export const lambdaSuperseded: readonly Scenario[] = [
  {
    name: 'lambda-put-back-by-hand',
    shows:
      "a person points the alias back before the alarm turns: nothing is written, and the person's choice is not condemned",
    target: TARGET,
    async play(stage) {
      await putBack(stage, await openApi(stage), '1');
    },
    ends: left('1', /checkout:1 is back already: it replaced checkout:2/),
  },
  {
    name: 'lambda-put-back-by-hand-of-two-proven',
    shows:
      'the same where an older version was proven too: the alias does not go to that one, beyond the way back',
    target: TARGET,
    async play(stage) {
      await putBack(stage, await twoProven(stage), '2');
    },
    ends: left('2', /checkout:2 is back already: it replaced checkout:3/),
  },
  {
    name: 'lambda-canary-aborted-by-hand',
    shows: 'a person takes a bad canary back before the alarm turns: nothing is written',
    target: TARGET,
    async play(stage) {
      const api = await oneProven(stage);
      api.canary(0.5, FAULTY);
      await stage.minutes(1.5);
      api.update({ FunctionVersion: '1', RoutingConfig: { AdditionalVersionWeights: {} } });
      await stage.aftermath();
    },
    ends: left('1', /checkout:1 is back already: it replaced checkout:2/),
  },
  {
    name: 'lambda-brought-back-by-codedeploy',
    shows: 'CodeDeploy rolls its shift back before the alarm turns: nothing is written',
    target: TARGET,
    async play(stage) {
      const api = await oneProven(stage);
      const deploymentId = shift(stage, '1', api.publish(FAULTY));
      await stage.minutes(1.5);
      stage.call('codedeploy', 'StopDeployment', { deploymentId, autoRollbackEnabled: true });
      await stage.aftermath();
    },
    ends: left('1', /checkout:1 is back already: it replaced checkout:2/),
  },
  {
    name: 'lambda-put-back-after-ours',
    shows:
      'a pipeline points the alias at the bad version again during the proof: Lastgood does not fight, and a person is notified',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage);
      api.release(FAULTY);
      await stage.until('the way back is being proven', () => isAt(stage, 'Verify'));
      api.update({ FunctionVersion: '2' });
      stage.journal.note('a pipeline points the alias at version 2 again');
      await stage.until('the rollback has ended', () => !isRunning(stage), 2.5);
      await stage.minutes(3);
    },
    ends: {
      ...{ outcome: 'failed-dirty', served: false, writes: ['UpdateAlias'] },
      because: /the alias was changed to 2, by a newer deployment/,
      also: (stage) => pointsAt(stage, '2'),
    },
  },
  {
    name: 'lambda-codedeploy-after-ours',
    shows:
      'CodeDeploy shifts the alias to the bad version again during the proof, and no tag names it: a person is notified at once',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage);
      api.release(FAULTY);
      await stage.until('the way back is being proven', () => isAt(stage, 'Verify'));
      shift(stage, '1', '2');
      await stage.until('the rollback has ended', () => !isRunning(stage), 2.5);
      await stage.minutes(3);
    },
    ends: {
      ...{ outcome: 'failed-dirty', served: false, writes: ['UpdateAlias'] },
      because: /the alias was changed to 1 .*2.*, by a newer deployment or by one of CodeDeploy in flight/,
    },
  },
  {
    name: 'lambda-hotfix-before-alarm',
    shows: 'the fix is released before the alarm turns: a person is asked at most, and the fix stays',
    target: TARGET,
    async play(stage) {
      await fix(stage, await oneProven(stage));
    },
    ends: left('3', /No answer came/),
  },
  {
    name: 'lambda-hotfix-before-alarm-of-two-proven',
    shows: 'the same where two versions were proven before',
    target: TARGET,
    async play(stage) {
      await fix(stage, await twoProven(stage));
    },
    ends: left('4', /No answer came/),
  },
];

function isRunning(stage: Stage): boolean {
  return rollbacksIn(stage.runtime).some(({ status }) => status === 'RUNNING');
}

async function putBack(stage: Stage, api: Api, version: string): Promise<void> {
  api.release(FAULTY);
  await stage.minutes(1.5);
  api.update({ FunctionVersion: version });
  stage.journal.note(`a person points the alias back at version ${version}`);
  await stage.aftermath();
}

async function fix(stage: Stage, api: Api): Promise<void> {
  api.release(FAULTY);
  await stage.minutes(1.5);
  api.release();
  await stage.aftermath();
}

/** Waits longer than ten minutes: an earlier release may be a fix of the one before it, which would be suspected. */
async function oneProven(stage: Stage): Promise<Api> {
  const api = await openApi(stage);
  await stage.minutes(3);
  return api;
}

async function twoProven(stage: Stage): Promise<Api> {
  const api = await oneProven(stage);
  api.release();
  await api.soaked();
  await stage.minutes(3);
  return api;
}

/** Returns an ending: the alias stays where a person pointed it. */
function left(version: string, because: RegExp): Ending {
  return {
    ...{ outcome: 'skipped', served: true, writes: [], because },
    also: (stage) => pointsAt(stage, version),
  };
}
