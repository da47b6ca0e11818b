import { groupName, type GroupCheck } from '../../../../src/aws/group-settings.ts';
import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { ASG } from '../../../../src/readiness/ids/asg.ts';
import type { RefreshHabit, Setup } from './sdk.ts';

const find = findIn(ASG);

const update = (group: string) =>
  `aws autoscaling update-auto-scaling-group --auto-scaling-group-name ${group}`;

/**
 * Looks at the version that the group names, and at its suspended processes.
 * Unknown: refresh-above-the-maximum. Unknown: refresh-of-warm-pools. Unknown: capacity-for-a-way-back.
 */
export function ofGroup(group: string, { follows, suspended }: Setup): readonly Finding[] {
  const findings = suspended.flatMap((process) => ofProcess(group, process));
  if (follows === null) return findings;
  return [
    ...findings,
    find(
      'version-follows',
      `Group ${group} names ${follows}, so each new version of the template reaches instances without a deployment, and Auto Scaling never rolls a refresh back.`,
      `Name a numbered version: ${update(group)} --launch-template LaunchTemplateId=ID,Version=NUMBER.`,
    ),
  ];
}

/**
 * Plan finds those that keep a way back from its end (../suspended.ts).
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/understand-how-suspending-processes-affects-other-processes.html
 */
function ofProcess(group: string, process: string): readonly Finding[] {
  if (process !== 'HealthCheck' && process !== 'ReplaceUnhealthy') return [];
  const resume = `Resume it: aws autoscaling resume-processes --auto-scaling-group-name ${group} --scaling-processes ${process}.`;
  const says = `Process ${process} of ${group} is suspended, so an instance that fails during the way back would not be replaced.`;
  return [find('process-suspended', says, resume)];
}

/** Looks at the health checks of a group behind a load balancer. */
export function ofChecks(
  group: string,
  { checks, graceSeconds }: Setup,
  targets: readonly GroupCheck[],
): readonly Finding[] {
  if (targets.length === 0) return [];
  if (!checks.includes('ELB'))
    return [
      find(
        'checks-ignore-balancer',
        `Group ${group} is behind a load balancer and does not use its health checks, so a refresh goes on over instances that do not answer.`,
        `Use them: ${update(group)} --health-check-type ELB --health-check-grace-period SECONDS.`,
      ),
    ];
  const [slowest] = targets.toSorted((one, other) => other.healthyAfterSeconds - one.healthyAfterSeconds);
  if (slowest === undefined || graceSeconds >= slowest.healthyAfterSeconds) return [];
  return [
    find(
      'grace-misfit',
      `The health check grace period of ${group} is ${graceSeconds} seconds, and a target of ${groupName(slowest.arn)} is healthy after ${slowest.healthyAfterSeconds} seconds at the earliest, so new instances may be ended while they start.`,
      `Give them the time that they need to start: ${update(group)} --health-check-grace-period ${slowest.healthyAfterSeconds + 60}.`,
    ),
  ];
}

/**
 * Looks at the preferences of the pipeline's refreshes, which also hold for AWS's own rollback of them.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-rollback.html
 * @param isReversible whether Auto Scaling would roll a refresh of this group back at all
 */
export function ofHabit(
  group: string,
  isReversible: boolean,
  habit: RefreshHabit | null,
): readonly Finding[] {
  if (habit === null) return [];
  const { minHealthyPercent: min, replacesRoots, rollsBack, alarms } = habit;
  const capacity = find(
    'refresh-takes-capacity',
    `The last instance refresh of ${group} kept ${min} percent of the capacity, and so would AWS's own rollback of such a refresh.`,
    'Start refreshes with MinHealthyPercentage 100 and MaxHealthyPercentage above it.',
  );
  const unwatched = find(
    'refresh-unwatched',
    `The last instance refresh of ${group} had ${missing(rollsBack, alarms)}.`,
    'Start refreshes with a desired configuration, AutoRollback and an AlarmSpecification.',
  );
  const isUnwatched = isReversible && (!rollsBack || alarms.length === 0);
  return [...(min < 100 && !replacesRoots ? [capacity] : []), ...(isUnwatched ? [unwatched] : [])];
}

function missing(rollsBack: boolean, alarms: readonly string[]): string {
  if (!rollsBack) return alarms.length === 0 ? 'no automatic rollback and no alarm' : 'no automatic rollback';
  return 'no alarm';
}
