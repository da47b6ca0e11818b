import type { Mechanism, Poll } from '../../../src/rollback/mechanism.ts';
import { secondsBetween } from '../../../src/rollback/time.ts';
import { lookBehind, partOf, type Behind } from './capacity.ts';
import type { Memo } from './memo.ts';
import type { Elb } from './elb.ts';
import { GROWING } from './revert.ts';
import { isSame } from './runs.ts';
import { nameOf, nameSplit, sharesOf, splitOf, writeSplit, type Split } from './split.ts';
import { arnOf } from '../../../src/targets/kinds/elb/target.ts';

/** How long AWS may still show the old weights after a write; AWS gives no figure. Unknown: late-weights. */
const SHOWN_WITHIN_SECONDS = 30;

interface Clients {
  readonly elb: Elb;
  readonly now: () => string;
}

/** Polls the weights, and the targets behind the wanted ones. */
export function settledWith({ elb, now }: Clients): Mechanism<Memo>['settled'] {
  return async ({ request, plan, reverted, settled }) => {
    const memo = plan.memo;
    const { from, to } = memo;
    const groups = to.map(({ targetGroup }) => targetGroup);
    const [forwarder, behind] = await Promise.all([
      elb.forwarder(arnOf(request.target)),
      lookBehind(elb, groups),
    ]);
    if (forwarder === null) return { state: 'failed', reason: 'the listener or rule is no longer there' };
    const present = splitOf(sharesOf(forwarder.actions) ?? []);
    if (isSame(present, to)) return carried(memo, behind);
    if (!isSame(present, from))
      return overtaken(present, `the weights changed after the plan was made: ${nameSplit(present)}`);
    if (reverted.deployment === GROWING) return grown(memo, behind);
    if (settled?.state === 'settled' || secondsBetween(reverted.at, now()) > SHOWN_WITHIN_SECONDS)
      return overtaken(present, putBack(present));
    return { state: 'pending', summary: `${nameSplit(from)} still has the traffic` };
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

function carried(memo: Memo, behind: Behind): Poll {
  const state = isLargeEnough(memo, behind) ? 'settled' : 'pending';
  return { state, summary: `${nameSplit(memo.to)} has the traffic: ${healthOf(memo, behind)}` };
}

function grown(memo: Memo, behind: Behind): Poll {
  const state = isLargeEnough(memo, behind) ? 'due' : 'pending';
  return { state, summary: `before the weights move: ${healthOf(memo, behind)}` };
}

function isLargeEnough({ to, needed }: Memo, behind: Behind): boolean {
  return to.every((share) => healthyIn(share.targetGroup, behind) >= partOf(to, share, needed));
}

function healthOf({ to, needed }: Memo, behind: Behind): string {
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
