import { areNamed, type DeployCall } from '../../deploy-call.ts';
import { stageOf } from './target.ts';

/**
 * A deployment is created for a stage, or for none and a stage then takes it. A call without the stage deploys nothing.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/cloudtrail.html
 */
export const deployCall: DeployCall = {
  namesFor: () => ['CreateDeployment', 'UpdateStage'],
  isAbout(target, texts) {
    const { api, stage } = stageOf(target);
    return areNamed([api, stage], texts);
  },
};
