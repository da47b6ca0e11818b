import { areNamed, type DeployCall } from '../../deploy-call.ts';

/** A call leaves out the cluster `default`. */
export const deployCall: DeployCall = {
  namesFor: () => ['UpdateService'],
  isAbout(target, texts) {
    const parts = target.slice('ecs:'.length).split('/');
    return areNamed(
      parts.filter((part) => part !== 'default'),
      texts,
    );
  },
};
