import { gone } from '../../../src/rollback/gone.ts';
import type { Mechanism, Poll } from '../../../src/rollback/mechanism.ts';
import { after, isAfter, secondsBetween } from '../../../src/rollback/time.ts';
import { forwarderOf } from '../../../src/targets/kinds/lattice/target.ts';
import { lookBehind, whyNotCarried } from './capacity.ts';
import type { Lattice } from './lattice.ts';
import type { Memo } from './memo.ts';
import { SPREAD_SECONDS } from './rungs.ts';
import { isSame } from './runs.ts';
import { groupsIn, nameSplit, sharesOf, splitOf, writeSplit, type Names, type Split } from './split.ts';

/** How long AWS may still show the old weights after a write; AWS gives no figure. Unknown: late-weights. */
const SHOWN_WITHIN_SECONDS = 30;

interface Clients {
  readonly lattice: Pick<Lattice, 'forwarder' | 'targets'>;
  readonly now: () => string;
}

/**
 * Polls the weights. The API shows them at once, and the data plane follows later. So they are settled no earlier than
 * that, and only while the targets that carry the traffic are healthy.
 */
export function settledWith({ lattice, now }: Clients): Mechanism<Memo>['settled'] {
  return async ({ request, plan, reverted, settled }) => {
    const { from, to, needed, names } = plan.memo;
    const forwarder = await lattice.forwarder(forwarderOf(request.target));
    if (forwarder === null) return gone('the listener or rule is no longer there');
    const present = splitOf(sharesOf(forwarder.action) ?? []);
    const isDone = settled?.state === 'settled';
    if (!isSame(present, to)) {
      if (!isSame(present, from))
        return overtaken(
          present,
          `the weights changed after the plan was made: ${nameSplit(present, names)}`,
        );
      return !isDone && secondsBetween(reverted.at, now()) <= SHOWN_WITHIN_SECONDS
        ? { state: 'pending', summary: `${nameSplit(from, names)} still has the traffic` }
        : overtaken(present, putBack(present, names));
    }
    const summary = `${nameSplit(to, names)} has the traffic`;
    if (isDone) return { state: 'settled', summary };
    const spread = after(reverted.at, SPREAD_SECONDS);
    if (isAfter(spread, now()))
      return { state: 'pending', summary: `the weights are set, and may reach the requests until ${spread}` };
    const why = whyNotCarried(to, needed, await lookBehind(lattice, groupsIn(to)), names);
    return why === null ? { state: 'settled', summary } : { state: 'pending', summary: why };
  };
}

function overtaken(present: Split, reason: string): Poll {
  return { state: 'overtaken', by: writeSplit(present), reason };
}

/** Amazon ECS and controllers that reconcile restore weights. */
function putBack(present: Split, names: Names): string {
  return `the weights were put back to ${nameSplit(present, names)} after the rollback: a controller or pipeline sets them, so roll back there`;
}
