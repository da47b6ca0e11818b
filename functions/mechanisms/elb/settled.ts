import type { LaunchedReader } from '../../../src/aws/launched.ts';
import { gone } from '../../../src/rollback/gone.ts';
import type { Mechanism, Poll } from '../../../src/rollback/mechanism.ts';
import type { InReversion } from '../../../src/rollback/document.ts';
import { secondsBetween } from '../../../src/rollback/time.ts';
import { groupsIn } from './backing.ts';
import { lookBehind, neededNow, partOf, type Behind } from './capacity.ts';
import type { Memo } from './memo.ts';
import type { Elb } from './elb.ts';
import type { Fleet, Fleets } from './fleets.ts';
import { GROWING, isAsProven } from './revert.ts';
import { isSame } from './runs.ts';
import { nameOf, nameSplit, sharesOf, splitOf, writeSplit, type Split } from './split.ts';
import { arnOf } from '../../../src/targets/kinds/elb/target.ts';

/** How long AWS may still show the old weights after a write; AWS gives no figure. Unknown: late-weights. */
const SHOWN_WITHIN_SECONDS = 30;

interface Clients {
  readonly elb: Elb;
  readonly fleets: Pick<Fleets, 'named'>;
  readonly launched: Pick<LaunchedReader, 'ofInstances'>;
  readonly now: () => string;
}

/**
 * Polls the weights. While groups grow, it polls their targets too. After the weights have moved, Verify polls those.
 */
export function settledWith({ elb, fleets, launched, now }: Clients): Mechanism<Memo>['settled'] {
  return async (rollback) => {
    const { request, plan, reverted, settled } = rollback;
    const memo = plan.memo;
    const { from, to } = memo;
    const [forwarder, behind] = await Promise.all([
      elb.forwarder(arnOf(request.target)),
      lookBehind(elb, toLookBehind(rollback)),
    ]);
    if (forwarder === null) return gone('the listener or rule is no longer there');
    const present = splitOf(sharesOf(forwarder.actions) ?? []);
    if (isSame(present, to)) {
      const isOther = reverted.deployment === GROWING && !(await isAsProven({ launched }, plan, behind));
      return isOther ? otherVersion(to) : asWanted(fleets, carried(rollback, behind), rollback);
    }
    if (!isSame(present, from))
      return overtaken(present, `the weights changed after the plan was made: ${nameSplit(present)}`);
    if (reverted.deployment === GROWING) return grown(memo, behind);
    if (settled?.state === 'settled' || secondsBetween(reverted.at, now()) > SHOWN_WITHIN_SECONDS)
      return overtaken(present, putBack(present));
    return { state: 'pending', summary: `${nameSplit(from)} still has the traffic` };
  };
}

/**
 * Returns the groups whose targets are polled: all that grow, and at the first poll those that had a part of the traffic
 * before, because only their own targets show how many they need.
 */
function toLookBehind({ plan: { memo }, reverted, settled }: InReversion<Memo>): readonly string[] {
  const groups = groupsIn(memo.to);
  if (reverted.deployment === GROWING) return groups;
  return settled?.state === 'settled' ? [] : groups.filter((group) => groupsIn(memo.from).includes(group));
}

/** A person or a pipeline moved the weights while the groups grew. */
function otherVersion(to: Split): Poll {
  return {
    state: 'failed',
    reason: `another has moved the traffic to ${nameSplit(to)}, with another version behind it than the proven one`,
  };
}

function overtaken(present: Split, reason: string): Poll {
  return { state: 'overtaken', by: writeSplit(present), reason };
}

/**
 * Controllers that reconcile restore weights:
 * https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3311
 */
function putBack(present: Split): string {
  return `the weights were put back to ${nameSplit(present)} after the rollback: a controller or pipeline sets them, so roll back there`;
}

/** Names the targets that Verify must find healthy, where the plan did not know all of them. */
function carried({ plan, settled }: InReversion<Memo>, behind: Behind): Poll {
  const { memo, watch } = plan;
  const summary = `${nameSplit(memo.to)} has the traffic`;
  const known = settled?.state === 'settled' ? settled.targetGroups : undefined;
  if (behind.size === 0) return { state: 'settled', summary, ...(known && { targetGroups: known }) };
  const needed = neededNow(memo, behind);
  const targetGroups = watch.targetGroups.map((group) => {
    const share = memo.to.find(({ targetGroup }) => targetGroup === group.arn);
    return share === undefined ? group : { ...group, wanted: partOf(memo.to, share, needed) };
  });
  return { state: 'settled', summary, targetGroups };
}

/**
 * Lowers what Verify wants to what the Auto Scaling groups want now: an autoscaler may take instances away once the way
 * back has settled. When the weights moved, each group had as many as the traffic needed.
 */
async function asWanted(
  fleets: Pick<Fleets, 'named'>,
  poll: Poll,
  { plan: { memo, watch }, settled }: InReversion<Memo>,
): Promise<Poll> {
  if (poll.state !== 'settled' || settled?.state !== 'settled') return poll;
  const { groups = {} } = memo;
  const found = await fleets.named(Object.values(groups));
  const { targetGroups = watch.targetGroups } = poll;
  const wanted = targetGroups.map((one) => ({
    ...one,
    wanted: wantedNow(one, found.get(groups[one.arn] ?? '')),
  }));
  const isLower = wanted.some((one, index) => one.wanted !== targetGroups[index]?.wanted);
  return isLower ? { ...poll, targetGroups: wanted } : poll;
}

function wantedNow({ wanted }: { readonly wanted: number }, fleet: Fleet | undefined): number {
  return fleet === undefined || fleet.desired === 0 ? wanted : Math.min(wanted, fleet.desired);
}

function grown(memo: Memo, behind: Behind): Poll {
  const state = isLargeEnough(memo, behind) ? 'due' : 'pending';
  return { state, summary: `before the weights move: ${healthOf(memo, behind)}` };
}

function isLargeEnough(memo: Memo, behind: Behind): boolean {
  const { to } = memo;
  const needed = neededNow(memo, behind);
  return to.every((share) => healthyIn(share.targetGroup, behind) >= partOf(to, share, needed));
}

function healthOf(memo: Memo, behind: Behind): string {
  const { to } = memo;
  const needed = neededNow(memo, behind);
  return to
    .map((share) => {
      const healthy = healthyIn(share.targetGroup, behind);
      return `${healthy} of ${partOf(to, share, needed)} targets of ${nameOf(share.targetGroup)} are healthy`;
    })
    .join(', ');
}

function healthyIn(targetGroup: string, behind: Behind): number {
  return behind.get(targetGroup)?.healthy ?? 0;
}
