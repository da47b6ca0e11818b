import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { isNamed } from '../../../src/aws/errors.ts';
import type { RevertResult } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { withSplit } from './actions.ts';
import { canCarry, lookBehind, tagsBehind, type Growth } from './capacity.ts';
import type { Memo } from './memo.ts';
import type { Elb } from './elb.ts';
import { whyNotGrow, type Fleets } from './fleets.ts';
import { isSame } from './runs.ts';
import { nameSplit, sharesOf, splitOf, writeSplit, type Split } from './split.ts';
import { arnOf } from '../../../src/targets/kinds/elb/target.ts';

interface Clients {
  readonly elb: Elb;
  readonly fleets: Fleets;
}

/** Stands for the deployment while the side that is to carry the traffic grows. */
export const GROWING = 'capacity';

/**
 * Capacity first, then the weights. Elastic Load Balancing can write only unconditionally, so the look before the write
 * is the last thing before it, and `settled` looks again after it.
 */
export function revertWith(clients: Clients): Mechanism<Memo>['revert'] {
  return async ({ request, plan }) => {
    const { from, to, needed } = plan.memo;
    const arn = arnOf(request.target);
    const groups = to.map(({ targetGroup }) => targetGroup);
    const behind = await lookBehind(clients.elb, groups);
    const tags = await tagsBehind(clients.elb, behind);
    const actions = (await clients.elb.forwarder(arn))?.actions ?? [];
    const shares = sharesOf(actions) ?? [];
    const present = splitOf(shares);
    if (isSame(present, to)) return { state: 'started', deployment: writeSplit(to) };
    if (!isSame(present, from))
      return failed(`the weights changed after the plan was made: ${nameSplit(present)}`);
    const attached = shares.map(({ targetGroup }) => targetGroup);
    const { blocker, growths } = canCarry(to, needed, { behind, tags, attached });
    if (blocker !== null) return failed(blocker);
    return growths.length > 0 ? grow(clients.fleets, growths) : send(clients.elb, arn, actions, to);
  };
}

/** All of them can be grown before any is. */
async function grow(fleets: Fleets, growths: readonly Growth[]): Promise<RevertResult> {
  const found = await Promise.all(
    growths.map(async (growth) => ({ ...growth, fleet: await fleets.fleet(growth.group) })),
  );
  // Desired counts never go down.
  const small = found.filter(({ fleet, to }) => fleet === null || fleet.desired < to);
  const [refused] = found.flatMap(({ group, fleet, to }) => whyNotGrow(group, fleet, to) ?? []);
  // The plan found each of them too small: one that no longer is was grown since, by an earlier try of ours maybe.
  if (refused !== undefined)
    return { ...failed(refused), ...(small.length < found.length && { touched: true }) };
  for (const { group, to } of small) await fleets.grow(group, to);
  return { state: 'started', deployment: GROWING };
}

/** What the API answers when this cannot be done here (any more). */
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
