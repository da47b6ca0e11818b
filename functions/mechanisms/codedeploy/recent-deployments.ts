import type { OptedIn } from '../../../src/aws/opted-in.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { secondsBetween } from '../../../src/rollback/time.ts';
import type { ObservedDeployment } from '../../../src/targets/kind.ts';
import type { CodeDeploy, Group, LastDeployment } from './codedeploy.ts';
import { kind, readName } from '../../../src/targets/kinds/codedeploy/target.ts';

/** Reports deployments that ended this recently: the sweep runs every minute and may miss a few runs. */
const COMPLETED_WITHIN_SECONDS = 60 * 60;
/** An operator has already noticed an older failure. */
const FAILED_WITHIN_SECONDS = 10 * 60;

/**
 * Returns the recent deployments of the opted-in groups, because CodeDeploy's events are best effort. One call per
 * group.
 */
export async function recentDeployments(
  codedeploy: CodeDeploy,
  optedIn: readonly OptedIn[],
  now: Instant,
): Promise<readonly ObservedDeployment[]> {
  const found: ObservedDeployment[] = [];
  for (const name of optedIn.flatMap(({ arn }) => kind.fromArn(arn) ?? [])) {
    const group = await codedeploy.group(readName(name));
    // The events of ECS report a group of ECS.
    if (group === null || group.platform === 'ECS') continue;
    found.push(...completed(group, now), ...(await failed(codedeploy, group, now)));
  }
  return found;
}

function completed(group: Group, now: Instant): readonly ObservedDeployment[] {
  const last = group.lastSuccessful;
  const at = endedWithin(last, now, COMPLETED_WITHIN_SECONDS);
  if (last === null || at === null) return [];
  return [{ target: targetOf(group), deployment: last.id, state: 'completed', at, reason: '' }];
}

/** Counts a deployment as failed if an alarm stopped it, but not if an operator did. */
async function failed(
  codedeploy: CodeDeploy,
  group: Group,
  now: Instant,
): Promise<readonly ObservedDeployment[]> {
  const last = group.lastAttempted;
  const at = endedWithin(last, now, FAILED_WITHIN_SECONDS);
  if (last === null || at === null || (last.status !== 'Failed' && last.status !== 'Stopped')) return [];
  const { error = '' } = (await codedeploy.deployment(last.id)) ?? {};
  if (last.status === 'Stopped' && !error.startsWith('ALARM_ACTIVE')) return [];
  return [{ target: targetOf(group), deployment: last.id, state: 'failed', at, reason: error }];
}

function endedWithin(last: LastDeployment | null, now: Instant, seconds: number): Instant | null {
  const at = last?.finishedAt ?? null;
  return at !== null && secondsBetween(at, now) <= seconds ? at : null;
}

function targetOf({ name: { application, group } }: Group): string {
  return `codedeploy:${application}/${group}`;
}
