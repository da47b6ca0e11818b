import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { isNamed } from '../../../src/aws/errors.ts';
import type { LaunchedReader } from '../../../src/aws/launched.ts';
import type { OnRung } from '../../../src/rollback/document.ts';
import type { Mechanism, RevertResult } from '../../../src/rollback/mechanism.ts';
import { withSplit } from './actions.ts';
import { groupsIn, runningBehind } from './backing.ts';
import { canCarry, lookBehind, neededNow, partOf, type Behind, type Growth, type Side } from './capacity.ts';
import type { Memo } from './memo.ts';
import type { Elb } from './elb.ts';
import { whyNotGrow, whyUseless, type Fleets } from './fleets.ts';
import { isSame, mayBeSame } from './runs.ts';
import { nameSplit, sharesOf, splitOf, withBehind, writeSplit, type Split } from './split.ts';
import { arnOf } from '../../../src/targets/kinds/elb/target.ts';

interface Clients {
  readonly elb: Elb;
  readonly fleets: Fleets;
  readonly launched: Pick<LaunchedReader, 'ofInstances'>;
}

/** Takes the deployment's place while the groups that are to carry the traffic grow. */
export const GROWING = 'capacity';

/**
 * Grows the groups first, then writes the weights. Elastic Load Balancing has no conditional write. So Revert reads the
 * weights, and the health of the groups that are to carry the traffic, directly before the write. `settled` reads the
 * weights again after it.
 */
export function revertWith(clients: Clients): Mechanism<Memo>['revert'] {
  return async ({ request, plan }) => {
    const { from, to } = plan.memo;
    const arn = arnOf(request.target);
    const [forwarder, behind] = await Promise.all([
      clients.elb.forwarder(arn),
      lookBehind(clients.elb, groupsIn(to)),
    ]);
    const actions = forwarder?.actions ?? [];
    const shares = sharesOf(actions) ?? [];
    const present = splitOf(shares);
    const hasMoved = isSame(present, to);
    if (!hasMoved && !isSame(present, from))
      return failed(`the weights changed after the plan was made: ${nameSplit(present)}`);
    if (!(await isAsProven(clients, plan, behind))) {
      const why = failed(`another version was put behind ${nameSplit(to)} after the plan was made`);
      // An earlier try of this rollback may have moved the weights.
      return hasMoved ? { ...why, touched: true } : why;
    }
    if (hasMoved) return { state: 'started', deployment: writeSplit(to) };
    const { blocker, growths } = canCarry(sidesOf(plan.memo, behind, groupsIn(shares)));
    if (blocker !== null) return failed(blocker);
    return growths.length > 0
      ? grow(clients.fleets, growths, plan.memo)
      : send(clients.elb, arn, actions, to);
  };
}

function sidesOf(memo: Memo, behind: Behind, attached: readonly string[]): readonly Side[] {
  const needed = neededNow(memo, behind);
  return memo.to.map((share) => ({
    targetGroup: share.targetGroup,
    to: partOf(memo.to, share, needed),
    targets: behind.get(share.targetGroup) ?? null,
    group: memo.groups?.[share.targetGroup],
    isAttached: attached.includes(share.targetGroup),
  }));
}

/**
 * Says whether the groups that are to carry the traffic run what was proven there. A pipeline may have begun its next
 * release on them since the plan. A request for weights alone accepts what they run. Without a known content there is
 * nothing to compare.
 */
export async function isAsProven(
  clients: Pick<Clients, 'launched'>,
  { source, memo: { to } }: OnRung<Memo>['plan'],
  behind: Behind,
): Promise<boolean> {
  if (source === 'request' || to.every((share) => share.behind === undefined)) return true;
  return mayBeSame(to, withBehind(to, await runningBehind(behind, clients)));
}

/** Checks that all groups can grow before it grows the first. Desired counts never decrease. */
async function grow(
  fleets: Fleets,
  growths: readonly Growth[],
  { growing = [] }: Memo,
): Promise<RevertResult> {
  const named = await fleets.named(growths.map(({ group }) => group));
  const found = growths.map((growth) => ({ ...growth, fleet: named.get(growth.group) ?? null }));
  const small = found.filter(({ fleet, to }) => fleet === null || fleet.desired < to);
  // The plan found these groups too small. One that no longer is has grown since, maybe by an earlier try of this
  // rollback.
  const hasGrown = found.some((one) => growing.includes(one.targetGroup) && !small.includes(one));
  const [refused] = found.flatMap(({ fleet, ...growth }) =>
    growing.includes(growth.targetGroup)
      ? (whyNotGrow(growth.group, fleet, growth.to) ?? [])
      : (whyUseless(growth, fleet) ?? []),
  );
  if (refused !== undefined) return { ...failed(refused), ...(hasGrown && { touched: true }) };
  for (const { group, to } of small) await fleets.grow(group, to);
  return { state: 'started', deployment: GROWING };
}

/** Error codes which mean that the change is not possible here, or no longer. */
const REFUSALS = [
  'TargetGroupNotFoundException',
  'TargetGroupAssociationLimitException',
  'TooManyUniqueTargetGroupsPerLoadBalancerException',
  'IncompatibleProtocolsException',
  'InvalidLoadBalancerActionException',
  'OperationNotPermittedException',
  'ValidationError',
];

async function send(elb: Elb, arn: string, actions: readonly Action[], to: Split): Promise<RevertResult> {
  try {
    await elb.send(arn, withSplit(actions, to));
  } catch (error) {
    if (isNamed(error, ...REFUSALS)) return failed(`${error.name}: ${error.message}`);
    throw error;
  }
  return { state: 'started', deployment: writeSplit(to) };
}

function failed(reason: string): RevertResult {
  return { state: 'failed', reason };
}
