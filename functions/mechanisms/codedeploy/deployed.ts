import type { OptedIn } from '../../../src/aws/opted-in.ts';
import type { ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { Deployed } from '../../../src/targets/kind.ts';
import type { CodeDeploy, Group } from './codedeploy.ts';
import { releasesOf, type Release } from './releases.ts';
import { groupOf, kind } from '../../../src/targets/kinds/codedeploy/target.ts';

/** Of one deployment group: what a deployment that succeeded deployed, and whether that is what runs. */
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

/** A group that is not opted in has the settings of no tags at all. */
function tagsOf(optedIn: readonly OptedIn[], target: string): Tags {
  return optedIn.find(({ arn }) => `codedeploy:${kind.fromArn(arn)}` === target)?.tags ?? {};
}

/** Whatever was tried last and did not succeed, or not on every instance, may have left anything behind. */
async function standing(codedeploy: CodeDeploy, group: Group, release: Release): Promise<Deployed['runs']> {
  const { id, createdAt, of } = release;
  const since = await codedeploy.deployments(group, createdAt);
  const later = since.filter((one) => one.id !== id && isAfter(one.createdAt, createdAt));
  const [newest = release] = await releasesOf(codedeploy, group, later.slice(0, 1));
  if (newest.status !== 'Succeeded' || newest.missed > 0) return 'unclear';
  return newest.of.id === of.id ? 'alone' : 'gone';
}
