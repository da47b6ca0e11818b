import { areNamed, type DeployCall } from '../../deploy-call.ts';
import { forwarderOf } from './target.ts';

/**
 * A call has the ids or the ARNs, which end with them.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-cloudtrail.html
 * https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_BatchUpdateRule.html
 */
export const deployCall: DeployCall = {
  namesFor: (target) =>
    forwarderOf(target).rule === null ? ['UpdateListener'] : ['UpdateRule', 'BatchUpdateRule'],
  isAbout(target, texts) {
    const { service, listener, rule } = forwarderOf(target);
    return areNamed([service, listener, ...(rule === null ? [] : [rule])], texts);
  },
};
