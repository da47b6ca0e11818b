import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { clientOptions } from '../../../src/aws/client.ts';
import { MODES } from '../../../src/aws/opted-in.ts';
import { now } from '../../../src/lambda/now.ts';
import type { Sighting } from '../../../src/ledger/ledger.ts';
import { secondsBetween } from '../../../src/rollback/time.ts';
import type { DeploymentSighting } from '../../../src/targets/kind.ts';
import type { Deployed, SweptKind } from '../../sweep/kind.ts';
import type { AutoScaling, Choice, Group, Refresh } from './autoscaling.ts';
import { createEc2, type Ec2 } from './ec2.ts';
import { revisionOf } from './revision.ts';
import { createAutoScaling } from './sdk.ts';
import { groupOf } from './target.ts';

/** What the sweep asks of Auto Scaling groups. */
export function createSweptKind(): SweptKind {
  const autoscaling = createAutoScaling(new AutoScalingClient(clientOptions));
  const ec2 = createEc2(new EC2Client(clientOptions));
  return {
    deployed: (sighting) => deployed(autoscaling, ec2, sighting),
    seen: () => seen(autoscaling, now()),
  };
}

type Reads = Pick<AutoScaling, 'group' | 'refreshes'>;

/** Of one instance refresh. */
export async function deployed(
  autoscaling: Reads,
  ec2: Pick<Ec2, 'version'>,
  { target, deployment }: Sighting,
): Promise<Deployed | null> {
  const name = groupOf(target);
  const group = await autoscaling.group(name);
  if (group === null || group.isLeaving) return null;
  const refreshes = await autoscaling.refreshes(name);
  const refresh = refreshes.find(({ id }) => id === deployment);
  const choice = refresh === undefined ? null : deployedBy(refresh, refresh === refreshes[0], group);
  const version = choice === null ? null : await ec2.version(choice);
  if (version === null) return null;
  const revision = revisionOf(version);
  return { revision, runs: standing(group, revision.id), tags: group.tags, alarms: refresh?.alarms ?? [] };
}

/** What the group says counts only while nothing came after: a refresh without a desired configuration deployed that. */
function deployedBy({ status, desired }: Refresh, isNewest: boolean, { saved }: Group): Choice | null {
  if (status === 'Successful' && desired !== null) return desired;
  const isSaved = status === 'Successful' || status === 'RollbackSuccessful';
  return isSaved && isNewest ? saved : null;
}

function standing({ instances }: Group, wanted: string): Deployed['runs'] {
  const inService = instances.filter(({ lifecycle }) => lifecycle === 'InService');
  const others = inService.filter(({ revision }) => revision !== wanted).length;
  if (inService.length === 0 || (others > 0 && others < inService.length)) return 'unclear';
  return others === 0 ? 'alone' : 'gone';
}

/** Events about refreshes are sent as well as AWS can, and no better; what ended longer ago was seen by an earlier sweep. */
const LATELY_SECONDS = 3600;

const ENDS: Readonly<Partial<Record<Refresh['status'], 'completed' | 'failed'>>> = {
  Successful: 'completed',
  RollbackSuccessful: 'completed',
  Failed: 'failed',
  RollbackFailed: 'failed',
};

/** Refreshes of the opted-in groups that ended lately. */
export async function seen(
  autoscaling: Pick<AutoScaling, 'groups' | 'refreshes'>,
  at: string,
): Promise<readonly DeploymentSighting[]> {
  const groups = await autoscaling.groups(MODES);
  const refreshes = await Promise.all(
    groups.map(async ({ name }) => ({ name, refreshes: await autoscaling.refreshes(name) })),
  );
  return refreshes.flatMap(({ name, refreshes: of }) =>
    of.flatMap((each) => sightingOf(name, each, at) ?? []),
  );
}

function sightingOf(name: string, refresh: Refresh, at: string): DeploymentSighting | null {
  const { id: deployment, status, finishedAt, reason } = refresh;
  const state = ENDS[status];
  if (state === undefined || finishedAt === null || secondsBetween(finishedAt, at) > LATELY_SECONDS)
    return null;
  return {
    target: `asg:${name}`,
    deployment,
    state,
    at: finishedAt,
    reason: reason === '' ? status : reason,
  };
}
