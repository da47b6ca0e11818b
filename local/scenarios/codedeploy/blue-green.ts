import type { Scenario } from '../scenario.ts';
import { blueGreen, FLEET, openDeploymentGroup, runs } from './deployment-group.ts';

const FAULTY = { errorRate: 0.4 };

/** Releases to new instances that replace the old ones. */
export const codedeployBlueGreen: readonly Scenario[] = [
  {
    name: 'codedeploy-blue-green-in-flight',
    shows: 'the traffic has moved and the old instances still wait for their end: they serve again at once',
    target: FLEET,
    async play(stage) {
      const group = await openDeploymentGroup(stage, { settings: blueGreen(60), proven: false });
      await stage.minutes(70);
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
    name: 'codedeploy-blue-green-after-completion',
    shows: 'the old instances are terminated when the alarm turns: the good bundle goes to new ones',
    target: FLEET,
    async play(stage) {
      const group = await openDeploymentGroup(stage, { settings: blueGreen(0) });
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
];
