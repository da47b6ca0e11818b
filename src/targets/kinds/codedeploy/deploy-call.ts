import { areNamed, type DeployCall } from '../../deploy-call.ts';
import { groupOf } from './target.ts';

export const deployCall: DeployCall = {
  namesFor: () => ['CreateDeployment'],
  isAbout(target, texts) {
    const { application, group } = groupOf(target);
    return areNamed([application, group], texts);
  },
};
