import type { OptedIn } from '../../../src/aws/opted-in.ts';
import type { ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { Deployed } from '../../../src/targets/kind.ts';
import type { CodeDeploy, Group } from './codedeploy.ts';
import { releasesOf, type Release } from './releases.ts';
import { groupOf, kind } from '../../../src/targets/kinds/codedeploy/target.ts';

/** Reads one deployment group: what a successful deployment deployed, and whether it still runs. */
export async function deployed(
  codedeploy: CodeDeploy,
  optedIn: () => Promise<readonly OptedIn[]>,
  { target, deployment: id }: ObservedRevision,
): Promise<Deployed | null> {
  const name = groupOf(target);
  const [group, deployment] = await Promise.all([codedeploy.group(name), codedeploy.deployment(id)]);
  if (group === null || deployment?.status !== 'Succeeded') return null;
  const [release] = await releasesOf(codedeploy, group, [deployment]);
  if (release === undefined) return null;
  return {
    revision: release.of,
    runs: await standing(codedeploy, group, release),
    tags: tagsOf(await optedIn(), target),
    alarms: group.alarms,
  };
}

/** Returns the settings in the group's tags; a group that is not opted in has none. */
function tagsOf(optedIn: readonly OptedIn[], target: string): Tags {
  return optedIn.find(({ arn }) => `codedeploy:${kind.fromArn(arn)}` === target)?.tags ?? {};
}

/** Returns unclear if the last deployment failed or missed instances, because any revision may have stayed on them. */
async function standing(codedeploy: CodeDeploy, group: Group, release: Release): Promise<Deployed['runs']> {
  const { id, createdAt, of } = release;
  const since = await codedeploy.deployments(group, createdAt);
  const later = since.filter((one) => one.id !== id && isAfter(one.createdAt, createdAt));
  const [newest = release] = await releasesOf(codedeploy, group, later.slice(0, 1));
  if (newest.status !== 'Succeeded' || newest.missed > 0) return 'unclear';
  return newest.of.id === of.id ? 'alone' : 'gone';
}
