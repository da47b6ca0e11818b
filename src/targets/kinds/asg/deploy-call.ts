import { isNamed, type DeployCall } from '../../deploy-call.ts';
import { groupOf } from './target.ts';

export const deployCall: DeployCall = {
  namesFor: () => ['StartInstanceRefresh'],
  isAbout: (target, texts) => isNamed(groupOf(target), texts),
};
