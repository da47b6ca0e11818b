import { isNamed, type DeployCall } from '../../deploy-call.ts';

export const deployCall: DeployCall = {
  namesFor: (target) => [target.includes(':listener-rule/') ? 'ModifyRule' : 'ModifyListener'],
  isAbout: (target, texts) => isNamed(target.slice('elb:'.length), texts),
};
