import type { Activity } from '@aws-sdk/client-auto-scaling';
import { counted } from '../counted.ts';
import { releasedAt, wentBackAt } from '../released-at.ts';
import type { EvidenceSource } from '../source.ts';
import type { AsgReads } from './reads.ts';

/**
 * A check that failed, in the words of AWS. An instance that a person stopped or ended is taken out as well.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-healthchecks.html
 */
const FAILED_CHECK = /in response to (?:an? )?.*(?:health ?-?check|status check)/i;
const STOPPED = /terminated or stopped/i;

/**
 * Reads which launches failed between the release and the way back, and which instances a failed check took out of service,
 * newest first. Both are gone from the group a little later.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-verify-scaling-activity.html
 */
export function scalingActivities({ activities }: Pick<AsgReads, 'activities'>): EvidenceSource {
  return {
    name: 'scaling activities',
    kind: 'asg',
    async read(rollback, signal) {
      const [since, until] = [Date.parse(releasedAt(rollback)), Date.parse(wentBackAt(rollback))];
      const own = (await activities(rollback, signal)).filter(({ StartTime }) => {
        const at = StartTime?.getTime() ?? 0;
        return at >= since && at < until;
      });
      const launches = own.filter(isFailed).map(({ StatusMessage = 'no reason given' }) => StatusMessage);
      const ousted = own.filter(failedItsCheck).map(plainCause);
      return {
        lines: counted([...launches, ...own.filter(isOusted).map(plainCause)]),
        traces: { launches, ousted },
      };
    },
  };
}

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Activity.html */
function isFailed({ StatusCode }: Activity): boolean {
  return StatusCode === 'Failed' || StatusCode === 'Cancelled';
}

function isOusted({ Cause = '', Description = '' }: Activity): boolean {
  return Description.startsWith('Terminating') && /health|status check/i.test(Cause);
}

function failedItsCheck(activity: Activity): boolean {
  const { Cause = '' } = activity;
  return isOusted(activity) && FAILED_CHECK.test(Cause) && !STOPPED.test(Cause);
}

/** Returns a cause without its times, so that equal causes are counted: `At 2026-11-22T02:14:03Z an instance was …` */
function plainCause({ Cause = '' }: Activity): string {
  return Cause.replaceAll(/\bAt \d{4}-\d\d-\d\dT[\d:.]+Z,? /g, '').trim();
}
