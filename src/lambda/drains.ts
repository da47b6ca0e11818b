import { groupName, type GroupSettings } from '../aws/group-settings.ts';
import type { Finding } from '../readiness/finding.ts';
import { readOr } from './read-or.ts';

/** Makes the finding `drain-none` of a kind. */
type FindDrainNone = (says: string, cure: string) => Finding;

/**
 * Looks at the deregistration delay of target groups. Without one, Elastic Load Balancing cuts the requests in flight of
 * each target that leaves.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay
 */
export async function ofDrains(
  arns: readonly string[],
  settings: Pick<GroupSettings, 'drainSeconds'>,
  find: FindDrainNone,
): Promise<readonly Finding[]> {
  const each = arns.map((arn) =>
    readOr(`the deregistration delay of ${groupName(arn)}`, async () =>
      (await settings.drainSeconds(arn)) === 0 ? [drainNone(arn, find)] : [],
    ),
  );
  return (await Promise.all(each)).flat();
}

function drainNone(arn: string, find: FindDrainNone): Finding {
  return find(
    `Target group ${groupName(arn)} has a deregistration delay of 0 seconds, so requests in flight are cut when a target leaves.`,
    `Set it above the longest request: aws elbv2 modify-target-group-attributes --target-group-arn ${arn} --attributes Key=deregistration_delay.timeout_seconds,Value=60.`,
  );
}
