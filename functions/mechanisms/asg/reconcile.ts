import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { kept } from '../../../src/aws/kept.ts';
import { MODES } from '../../../src/aws/opted-in.ts';
import { taggedGroups } from '../../../src/aws/tagged-groups.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { Reconciler } from '../../../src/targets/kind.ts';
import { MAX_GROUPS } from './autoscaling.ts';
import { createEc2 } from './ec2.ts';
import { createAutoScaling } from './sdk.ts';
import { deployedAmong } from './sweep/deployed.ts';
import { createGroups } from './sweep/groups.ts';
import { CHANGED, IN_TURN, PAGES, PROOFS, TAGGED } from './sweep/shares.ts';

/** Creates what the sweep uses to reconcile Auto Scaling groups. */
export function createReconciler({ connect, now }: Surroundings): Reconciler {
  const client = connect(AutoScalingClient);
  const autoscaling = createAutoScaling(client);
  const ec2 = createEc2(connect(EC2Client));
  const groups = createGroups(autoscaling);
  const tagged = kept(() => taggedGroups(client, MODES), now);
  return {
    shares: [PAGES, TAGGED, CHANGED, IN_TURN, PROOFS],
    unitsPerPage: MAX_GROUPS,
    units: async () => (await tagged()).map((name) => ({ batch: 'groups', name })),
    read: (page, context) => groups.read(page, context.now),
    provesPerMinute: PROOFS.callsPerMinute,
    deployed: (observed) => deployedAmong({ autoscaling, ec2 }, observed),
  };
}
