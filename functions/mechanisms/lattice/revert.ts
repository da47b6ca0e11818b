import type { RuleAction } from '@aws-sdk/client-vpc-lattice';
import { isNamed } from '../../../src/aws/errors.ts';
import type { LaunchedReader } from '../../../src/aws/launched.ts';
import type { OnRung } from '../../../src/rollback/document.ts';
import { Unavailable } from '../../../src/rollback/errors.ts';
import type { Mechanism, RevertResult } from '../../../src/rollback/mechanism.ts';
import { forwarderOf, type ForwarderName } from '../../../src/targets/kinds/lattice/target.ts';
import { withSplit } from './actions.ts';
import { runningBehind } from './backing.ts';
import { lookBehind, whyNotCarried, type Behind } from './capacity.ts';
import type { Lattice } from './lattice.ts';
import type { Memo } from './memo.ts';
import { isSame, mayBeSame } from './runs.ts';
import { groupsIn, nameSplit, sharesOf, splitOf, withBehind, writeSplit, type Split } from './split.ts';

interface Clients {
  readonly lattice: Lattice;
  readonly launched: Pick<LaunchedReader, 'ofInstances'>;
}

/**
 * Writes the weights. VPC Lattice has no conditional write. So Revert reads the weights, and the health of the groups
 * that are to carry the traffic, directly before the write. `settled` reads the weights again after it.
 */
export function revertWith(clients: Clients): Mechanism<Memo>['revert'] {
  return async ({ request, plan }) => {
    const { from, to, needed, names } = plan.memo;
    const name = forwarderOf(request.target);
    const [forwarder, behind] = await Promise.all([
      clients.lattice.forwarder(name),
      lookBehind(clients.lattice, groupsIn(to)),
    ]);
    if (forwarder === null) return failed('the listener or rule is no longer there');
    const present = splitOf(sharesOf(forwarder.action) ?? []);
    const hasMoved = isSame(present, to);
    if (!hasMoved && !isSame(present, from))
      return failed(`the weights changed after the plan was made: ${nameSplit(present, names)}`);
    if (!(await isAsProven(clients, plan, forwarder.arn, behind))) {
      const why = failed(`another version was put behind ${nameSplit(to, names)} after the plan was made`);
      // An earlier try of this rollback may have moved the weights.
      return hasMoved ? { ...why, touched: true } : why;
    }
    if (hasMoved) return { state: 'started', deployment: writeSplit(to) };
    const why = whyNotCarried(to, needed, behind, names);
    if (why !== null) return failed(why);
    return send(clients.lattice, name, withSplit(forwarder.action, to), to);
  };
}

/**
 * Says whether the groups that are to carry the traffic run what was proven there. A pipeline may have begun its next
 * release on them since the plan. A request for weights alone accepts what they run. Without a known content there is
 * nothing to compare.
 */
async function isAsProven(
  clients: Clients,
  { source, memo: { to } }: OnRung<Memo>['plan'],
  arn: string,
  behind: Behind,
): Promise<boolean> {
  if (source === 'request' || to.every((share) => share.behind === undefined)) return true;
  return mayBeSame(to, withBehind(to, await runningBehind(arn, behind, clients)));
}

/** Error codes which mean that the change is not possible here, or no longer. */
const REFUSALS = ['ResourceNotFoundException', 'ServiceQuotaExceededException', 'ValidationException'];

async function send(
  lattice: Lattice,
  name: ForwarderName,
  action: RuleAction,
  to: Split,
): Promise<RevertResult> {
  try {
    await lattice.send(name, action);
  } catch (error) {
    if (isNamed(error, ...REFUSALS)) return failed(`${error.name}: ${error.message}`);
    // Another change of the service may be in progress. The retry reads the weights and the health again.
    if (isNamed(error, 'ConflictException'))
      throw new Unavailable(`VPC Lattice refuses for a conflict: ${error.message}`, { cause: error });
    throw error;
  }
  return { state: 'started', deployment: writeSplit(to) };
}

function failed(reason: string): RevertResult {
  return { state: 'failed', reason };
}
