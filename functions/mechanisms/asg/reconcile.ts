import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { asOnePage } from '../../../src/targets/as-one-page.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { Deployed, Reconciler } from '../../../src/targets/kind.ts';
import type { AutoScaling, LaunchTemplateRef, Group, Refresh } from './autoscaling.ts';
import { createEc2, type Ec2 } from './ec2.ts';
import { launchTemplateRefOf, revisionOf } from './revision.ts';
import { createAutoScaling } from './sdk.ts';
import { recentDeployments } from './recent-deployments.ts';
import { isInService } from './status.ts';
import { groupOf } from '../../../src/targets/kinds/asg/target.ts';
import { observedRevision } from './observed.ts';

/** Creates what the sweep uses to reconcile Auto Scaling groups. */
export function createReconciler({ connect, now }: Surroundings): Reconciler {
  const autoscaling = createAutoScaling(connect(AutoScalingClient));
  const ec2 = createEc2(connect(EC2Client));
  return asOnePage('asg', {
    deployed: (observed) => deployed(autoscaling, ec2, observed),
    recentDeployments: ({ entriesOf }) => recentDeployments(autoscaling, entriesOf, now()),
  });
}

type Reads = Pick<AutoScaling, 'group' | 'refreshes'>;

/** Reads one instance refresh, or a version that was deployed without one. */
export async function deployed(
  autoscaling: Reads,
  ec2: Pick<Ec2, 'version'>,
  { target, deployment }: ObservedRevision,
): Promise<Deployed | null> {
  const name = groupOf(target);
  const group = await autoscaling.group(name);
  if (group === null || group.isLeaving) return null;
  const came = launchTemplateRefOf(observedRevision(deployment) ?? '');
  const refreshes = came === null ? await autoscaling.refreshes(name) : [];
  const refresh = refreshes.find(({ id }) => id === deployment);
  const choice = refresh === undefined ? came : deployedBy(refresh, refresh === refreshes[0], group);
  const version = choice === null ? null : await ec2.version(choice);
  if (version === null) return null;
  const revision = revisionOf(version);
  return { revision, runs: standing(group, revision.id), tags: group.tags, alarms: refresh?.alarms ?? [] };
}

/**
 * Returns what a refresh deployed. Without a desired configuration it is the group's own version, if no refresh
 * followed.
 */
function deployedBy(
  { status, desired }: Refresh,
  isNewest: boolean,
  { saved }: Group,
): LaunchTemplateRef | null {
  if (status === 'Successful' && desired !== null) return desired;
  const isSaved = status === 'Successful' || status === 'RollbackSuccessful';
  return isSaved && isNewest ? saved : null;
}

function standing({ instances }: Group, wanted: string): Deployed['runs'] {
  const inService = instances.filter(isInService);
  const others = inService.filter(({ revision }) => revision !== wanted).length;
  if (inService.length === 0 || (others > 0 && others < inService.length)) return 'unclear';
  return others === 0 ? 'alone' : 'gone';
}
