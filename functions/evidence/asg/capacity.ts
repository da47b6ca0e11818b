import type { Activity, AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { Planned } from '../../../src/rollback/document.ts';
import type { Companion } from '../../../src/rollback/evidence.ts';
import { releasedAt } from '../released-at.ts';
import { NOTHING, type EvidenceSource } from '../source.ts';
import type { AsgReads } from './reads.ts';

/** A stack or pipeline changes the size of a group shortly before or after it starts the refresh. */
const MS_BEFORE = 600_000;
const MS_AFTER = 120_000;

/**
 * A change that a user asked for, in the words of AWS. Policies and schedules have others.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-verify-scaling-activity.html
 */
const CHANGE =
  /At (\S+Z) a user request (?:update of AutoScalingGroup constraints to min: \d+, max: \d+, desired: \d+|explicitly set group desired capacity) changing the desired capacity from (\d+) to (\d+)/;

/**
 * Reads whether the release lowered the desired capacity, and whether the group's maximum allows to put it back. The
 * activities that followed say so. A change that started or ended no instance has no activity.
 */
export function capacity(reads: Pick<AsgReads, 'activities' | 'group'>): EvidenceSource {
  return {
    name: 'desired capacity',
    kind: 'asg',
    async read(rollback, signal) {
      const [activities, group] = await Promise.all([
        reads.activities(rollback, signal),
        reads.group(rollback, signal),
      ]);
      const before = loweredFrom(activities, rollback);
      const { DesiredCapacity: now = Infinity } = group ?? {};
      if (group === null || before === null || now >= before) return NOTHING;
      return {
        lines: [`${before} → ${now}; the group allows at most ${group.MaxSize ?? '?'}`],
        traces: { count: { before, now } },
        companions: companionsOf(before, now, group),
      };
    },
  };
}

/** Returns the desired capacity before the change that came with the release; null: there was none. */
function loweredFrom(activities: readonly Activity[], rollback: Planned): number | null {
  const released = Date.parse(releasedAt(rollback));
  const changes = activities.flatMap(({ Cause = '' }) => {
    const [, at = '', from = '', to = ''] = CHANGE.exec(Cause) ?? [];
    const ms = Date.parse(at) - released;
    return ms >= -MS_BEFORE && ms <= MS_AFTER && Number(to) < Number(from) ? [Number(from)] : [];
  });
  return changes.length === 0 ? null : Math.max(...changes);
}

function companionsOf(
  before: number,
  now: number,
  { AutoScalingGroupName: name = '', MaxSize: max = Infinity }: AutoScalingGroup,
): readonly Companion[] {
  const update = `aws autoscaling update-auto-scaling-group --auto-scaling-group-name ${name}`;
  const count: Companion = {
    of: 'desired-count',
    says: `The release lowered the desired capacity from ${before} to ${now}.`,
    command: `${update} --desired-capacity ${before}`,
  };
  if (max >= before) return [count];
  const limit: Companion = {
    of: 'scaling-limits',
    says: `The group allows at most ${max} instances, and ${before} ran before the release.`,
    command: `${update} --max-size ${before}`,
  };
  return [limit, count];
}
