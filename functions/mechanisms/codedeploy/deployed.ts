import type { OptedIn } from '../../../src/aws/opted-in.ts';
import type { ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { Deployed } from '../../../src/targets/kind.ts';
import type { Group } from './codedeploy.ts';
import { releasesOf, type Release } from './releases.ts';
import type { Reads } from './sweep/ahead.ts';
import { groupOf, kind } from '../../../src/targets/kinds/codedeploy/target.ts';

/** Reads one deployment group: what a successful deployment deployed, and whether it still runs. */
export async function deployed(
  reads: Reads,
  optedIn: readonly OptedIn[],
  { target, deployment: id }: ObservedRevision,
): Promise<Deployed | null> {
  const group = reads.group(groupOf(target));
  const deployment = reads.deployment(id);
  if (group === null || deployment?.status !== 'Succeeded') return null;
  const [release] = await releasesOf(reads, group, [deployment]);
  if (release === undefined) return null;
  return {
    revision: release.of,
    runs: await standing(reads, group, release),
    tags: tagsOf(optedIn, target),
    alarms: group.alarms,
  };
}

/** Returns the settings in the group's tags; a group that is not opted in has none. */
function tagsOf(optedIn: readonly OptedIn[], target: string): Tags {
  return optedIn.find(({ arn }) => `codedeploy:${kind.fromArn(arn)}` === target)?.tags ?? {};
}

/** Returns unclear if the last deployment failed or missed instances, because any revision may have stayed on them. */
async function standing(reads: Reads, group: Group, release: Release): Promise<Deployed['runs']> {
  const newest = await newestSince(reads, group, release);
  if (newest.status !== 'Succeeded' || newest.missed > 0) return 'unclear';
  return newest.of.id === release.of.id ? 'alone' : 'gone';
}

/** Returns the newest deployment. The group names it, so it needs a list only if another was attempted since. */
async function newestSince(reads: Reads, group: Group, release: Release): Promise<Release> {
  const { id, createdAt } = release;
  if (group.lastAttempted?.id === id) return release;
  const since = await reads.deployments(group, createdAt);
  const later = since.filter((one) => one.id !== id && isAfter(one.createdAt, createdAt));
  const [newest = release] = await releasesOf(reads, group, later.slice(0, 1));
  return newest;
}
