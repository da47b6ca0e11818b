import type { CreateDeploymentGroupInput } from '@aws-sdk/client-codedeploy';
import type { Scenario } from '../scenario.ts';
import { FLEET, openFarm, runs } from './farm.ts';
import { GROUP } from './balancer.ts';

const FAULTY = { errorRate: 0.4 };

/** Each release goes to instances of its own; the old ones are terminated so many minutes after the traffic moved. */
function blueGreen(terminationWaitTimeInMinutes: number): Partial<CreateDeploymentGroupInput> {
  return {
    deploymentConfigName: 'CodeDeployDefault.AllAtOnce',
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
    loadBalancerInfo: { targetGroupInfoList: [{ name: GROUP }] },
    blueGreenDeploymentConfiguration: {
      greenFleetProvisioningOption: { action: 'COPY_AUTO_SCALING_GROUP' },
      deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
      terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE', terminationWaitTimeInMinutes },
    },
  };
}

/** Releases to instances that take the place of others. */
export const codedeployBlueGreen: readonly Scenario[] = [
  {
    name: 'codedeploy-blue-green-in-flight',
    shows: 'the traffic has moved and the old instances still wait for their end: they serve again at once',
    target: FLEET,
    async play(stage) {
      const farm = await openFarm(stage, { settings: blueGreen(60), proven: false });
      await stage.minutes(70);
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
    name: 'codedeploy-blue-green-after-completion',
    shows: 'the old instances are terminated when the alarm turns: the good bundle goes to new ones',
    target: FLEET,
    async play(stage) {
      const farm = await openFarm(stage, { settings: blueGreen(0) });
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
];
