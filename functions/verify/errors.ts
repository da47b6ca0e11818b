import type { ReadSign } from '../../src/rollback/health.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { isAfter } from '../../src/rollback/time.ts';
import type { Balancers } from './balancers.ts';
import { isAnyComplete, newestMinutes, type Balanced, type Clients, type Minute } from './minute.ts';
import { settledSince } from './settled-since.ts';
import { nameOf } from './target-group.ts';
import { unreadable } from './unreadable.ts';
import type { SignSource } from './verify.ts';
import { watchedGroups } from './watched-groups.ts';

/**
 * Reads one sign for each watched target group. In the newest known minute at most the tolerated share of its requests
 * may end with a 5xx. The 5xx comes from a target, or from the load balancer in its place. Without alarms this is the
 * only sign from the users themselves. Only a minute that began after the way back settled shows the revision that runs
 * now. While the newest minute is older, or none that began since is complete, the sign is unknown. A group without requests
 * gives no sign, because silence at night proves nothing. A group of a Network Load Balancer gives none either, because it sees connections and no
 * answers.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 * @param balancers the load balancers of the groups. A group without one gives no sign
 */
export function errors(clients: Clients, balancers: Promise<Balancers>): SignSource {
  return async (rollback) => {
    const arns = watchedGroups(rollback).map(({ arn }) => arn);
    try {
      const known = await balancers;
      const now = clients.now();
      const groups = arns.flatMap((arn) => balancedIn(known, arn));
      const minutes = await newestMinutes(clients, groups);
      const { tolerated } = readSettings(rollback.plan.tags);
      const since = settledSince(rollback, now);
      const isKnown = isAnyComplete(since, now);
      return groups.flatMap(({ arn }, index) => {
        const minute = minutes[index] ?? null;
        return minute === null && isKnown ? [] : signOf(arn, minute, tolerated, since);
      });
    } catch (error) {
      return arns.map((arn) => ({ ...unreadable(subjectOf(arn), error), shows: 'errors' }));
    }
  };
}

function balancedIn(known: Balancers, arn: string): readonly Balanced[] {
  const balancer = known[arn];
  return balancer?.includes(':loadbalancer/app/') === true ? [{ arn, balancer }] : [];
}

function subjectOf(arn: string): string {
  return `errors of target group ${nameOf(arn)}`;
}

function signOf(arn: string, minute: Minute | null, tolerated: number, since: Instant): readonly ReadSign[] {
  const of = { of: subjectOf(arn), shows: 'errors' } as const;
  if (minute === null || isAfter(since, minute.at))
    return [{ ...of, state: 'unknown', says: `no minute is known that began after ${since}` }];
  const share = (100 * failedOf(minute)) / minute.requests;
  const says = `${share.toFixed(1)} % of ${minute.requests} requests failed, ${tolerated} % are tolerated`;
  return [{ ...of, state: share <= tolerated ? 'healthy' : 'unhealthy', says }];
}

/**
 * Counts errors of the targets, and those of the load balancer in their place. A 502 or 504 is in RequestCount, because
 * a target was chosen, and in no HTTPCode_Target metric. The load balancer reports its own errors for itself alone and
 * not for a group. So requests without an answer of a target count as errors, up to the number of its own errors. The
 * rest were no errors: no metric counts the 101 that answers an upgrade to a WebSocket, and users who leave early make
 * a 460.
 */
function failedOf({ requests, answered, failed, own }: Minute): number {
  const unanswered = Math.max(0, requests - answered - failed);
  return failed + Math.min(unanswered, own);
}
