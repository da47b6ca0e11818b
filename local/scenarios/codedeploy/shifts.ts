import type { Scenario } from '../scenario.ts';
import { ALIAS, openAlias, pointsAt } from './alias.ts';

const FAULTY = { errorRate: 0.5 };

/** Releases to an alias of a Lambda function. */
export const codedeployShifts: readonly Scenario[] = [
  {
    name: 'codedeploy-lambda-canary',
    shows: 'a canary hurts before it has all of the traffic: the shift is stopped and rolled back',
    target: ALIAS,
    async play(stage) {
      const shop = await openAlias(stage, 'LambdaCanary10Percent15Minutes');
      shop.release(FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['StopDeployment'],
      also: (stage) => pointsAt(stage, '2'),
    },
  },
  {
    name: 'codedeploy-lambda-after-completion',
    shows:
      'the alias was shifted completely when the alarm turned: it is shifted to the good version at once',
    target: ALIAS,
    async play(stage) {
      const shop = await openAlias(stage, 'LambdaAllAtOnce');
      shop.release(FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['CreateDeployment'],
      also: (stage) => pointsAt(stage, '2'),
    },
  },
  {
    name: 'codedeploy-lambda-older-pipeline',
    shows:
      'the pipeline still deploys AppSpecs of the deprecated type String: they are read, and the good version comes back',
    target: ALIAS,
    async play(stage) {
      const shop = await openAlias(stage, 'LambdaAllAtOnce', {}, 'String');
      shop.release(FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['CreateDeployment'],
      also: (stage) => pointsAt(stage, '2'),
    },
  },
  {
    name: 'codedeploy-lambda-left-in-between',
    shows:
      "the group's alarm stops the canary and leaves its weight behind: no deployment can remove that, and the reason names what can",
    target: ALIAS,
    async play(stage) {
      const alarmConfiguration = { enabled: true, alarms: [{ name: 'checkout-errors' }] };
      const shop = await openAlias(stage, 'LambdaCanary10Percent15Minutes', { alarmConfiguration });
      // CodeDeploy is the first to see the alarm.
      stage.runtime.bus.lose(({ source }) => source === 'aws.cloudwatch');
      shop.release(FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, writes: [], because: /lambda:checkout\/live/ },
  },
];
