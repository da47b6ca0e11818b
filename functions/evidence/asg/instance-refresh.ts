import {
  DescribeInstanceRefreshesCommand,
  type AutoScalingClient,
  type InstanceRefresh,
} from '@aws-sdk/client-auto-scaling';
import { groupOf } from '../../../src/targets/kinds/asg/target.ts';
import { releasedAt, wentBackAt } from '../released-at.ts';
import type { EvidenceSource } from '../source.ts';

/** A release and the way back are two. */
const MAX_REFRESHES = 5;

/** A rollback in progress may be Lastgood's. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceRefresh.html */
const FAILED = ['Failed', 'RollbackFailed'];

/** Reads how far the instance refresh of the release came, and why it is where it is. Unknown: refresh-status-reasons. */
export function instanceRefresh(client: Pick<AutoScalingClient, 'send'>): EvidenceSource {
  return {
    name: 'instance refresh',
    kind: 'asg',
    async read(rollback, abortSignal) {
      const input = { AutoScalingGroupName: groupOf(rollback.request.target), MaxRecords: MAX_REFRESHES };
      const { InstanceRefreshes = [] } = await client.send(new DescribeInstanceRefreshesCommand(input), {
        abortSignal,
      });
      const [from, to] = [Date.parse(releasedAt(rollback)), Date.parse(wentBackAt(rollback))];
      // The way back may be a refresh of its own.
      const own = InstanceRefreshes.filter(({ StartTime }) => {
        const at = StartTime?.getTime() ?? 0;
        return at >= from && at < to;
      });
      return {
        lines: own.map(lineOf),
        traces: { refreshes: own.filter(({ Status = '' }) => FAILED.includes(Status)).flatMap(reasonsOf) },
      };
    },
  };
}

function lineOf(refresh: InstanceRefresh): string {
  const { Status = 'unknown', PercentageComplete: done } = refresh;
  const reasons = reasonsOf(refresh);
  return `${Status}${done === undefined ? '' : ` at ${done} %`}${reasons.length === 0 ? '' : `: ${reasons.join(' ')}`}`;
}

function reasonsOf({ StatusReason, RollbackDetails }: InstanceRefresh): readonly string[] {
  const all = [StatusReason, RollbackDetails?.RollbackReason];
  return [...new Set(all.filter((reason) => reason !== undefined && reason !== ''))] as readonly string[];
}
