import type { ReadSign } from '../../src/rollback/health.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { isAfter } from '../../src/rollback/time.ts';
import { newestMinute, type Clients, type Minute } from './minute.ts';
import { settledSince } from './settled-since.ts';
import { nameOf } from './target-group.ts';
import { unreadable } from './unreadable.ts';
import type { SignSource } from './verify.ts';
import { watchedGroups } from './watched-groups.ts';

/**
 * Each watched target group has no more than the tolerated share of its requests answered with a 5xx, by a target or in
 * its place, in the newest minute that is known. This is the one sign of the users themselves where no alarm watches.
 * Only a minute that began after the way back settled tells of what runs now; while the newest is an older one, it is
 * not known yet. A group without requests gives no sign: silence at night is neither health nor sickness. Nor does a
 * group of a Network Load Balancer, which sees connections and no answers.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function errors(clients: Clients): SignSource {
  return async (rollback) => {
    const { tolerated } = readSettings(rollback.plan.tags);
    const since = settledSince(rollback, clients.now());
    const signs = watchedGroups(rollback).map(({ arn }) => signsOf(clients, arn, tolerated, since));
    return (await Promise.all(signs)).flat();
  };
}

async function signsOf(
  clients: Clients,
  arn: string,
  tolerated: number,
  since: Instant,
): Promise<readonly ReadSign[]> {
  const of = `errors of target group ${nameOf(arn)}`;
  try {
    const minute = await newestMinute(clients, arn);
    if (minute === null) return [];
    if (isAfter(since, minute.at))
      return [
        { of, shows: 'errors', state: 'unknown', says: `no minute is known that began after ${since}` },
      ];
    const share = (100 * failedOf(minute)) / minute.requests;
    const says = `${share.toFixed(1)} % of ${minute.requests} requests failed, ${tolerated} % are tolerated`;
    return [{ of, shows: 'errors', state: share <= tolerated ? 'healthy' : 'unhealthy', says }];
  } catch (error) {
    return [{ ...unreadable(of, error), shows: 'errors' }];
  }
}

/**
 * Errors of the targets, and what the load balancer answered in their place: a 502 or 504 is in RequestCount, since a
 * target was chosen, and in no HTTPCode_Target metric. How many those are is reported for the load balancer alone and not
 * for a group, so they are the requests that no target answered, as far as the load balancer reports errors of its own.
 * Beyond that they were no errors: an upgrade to a WebSocket is answered with a 101, which no metric counts, and users
 * who leave early make a 460.
 */
function failedOf({ requests, answered, failed, own }: Minute): number {
  const unanswered = Math.max(0, requests - answered - failed);
  return failed + Math.min(unanswered, own);
}
