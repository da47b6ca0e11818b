import { areNamed, type DeployCall } from '../../deploy-call.ts';
import { profileOf } from './target.ts';

/** https://docs.aws.amazon.com/appconfig/latest/userguide/logging-using-cloudtrail.html */
export const deployCall: DeployCall = {
  namesFor: () => ['StartDeployment'],
  isAbout(target, texts) {
    const { application, environment, profile } = profileOf(target);
    return areNamed([application, environment, profile], texts);
  },
};
