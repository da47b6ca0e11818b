import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { isNamed } from '../../../src/aws/errors.ts';
import type { LaunchedReader } from '../../../src/aws/launched.ts';
import type { OnRung } from '../../../src/rollback/document.ts';
import type { Mechanism, RevertResult } from '../../../src/rollback/mechanism.ts';
import { withSplit } from './actions.ts';
import { canCarry, lookBehind, tagsBehind, type Behind, type Growth } from './capacity.ts';
import type { Memo } from './memo.ts';
import type { Elb } from './elb.ts';
import { whyNotGrow, type Fleets } from './fleets.ts';
import { isSame, mayBeSame } from './runs.ts';
import { nameSplit, sharesOf, splitOf, withBehind, writeSplit, type Split } from './split.ts';
import { runningBehind } from './survey.ts';
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
 * weights directly before the write, and `settled` reads them again after it.
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
    if (!(await isAsProven(clients, plan, behind)))
      return failed(`another version was put behind ${nameSplit(to)} after the plan was made`);
    const attached = shares.map(({ targetGroup }) => targetGroup);
    const { blocker, growths } = canCarry(to, needed, { behind, tags, attached });
    if (blocker !== null) return failed(blocker);
    return growths.length > 0 ? grow(clients.fleets, growths) : send(clients.elb, arn, actions, to);
  };
}

/**
 * Says whether the groups that are to carry the traffic run what was proven there. A pipeline may have begun its next
 * release on them since the plan. A request for weights alone accepts what they run.
 */
async function isAsProven(
  clients: Clients,
  { source, memo: { to } }: OnRung<Memo>['plan'],
  behind: Behind,
): Promise<boolean> {
  if (source === 'request') return true;
  return mayBeSame(to, withBehind(to, await runningBehind(behind, clients)));
}

/** Checks that all groups can grow before it grows the first. */
async function grow(fleets: Fleets, growths: readonly Growth[]): Promise<RevertResult> {
  const found = await Promise.all(
    growths.map(async (growth) => ({ ...growth, fleet: await fleets.fleet(growth.group) })),
  );
  // Desired counts never decrease.
  const small = found.filter(({ fleet, to }) => fleet === null || fleet.desired < to);
  const [refused] = found.flatMap(({ group, fleet, to }) => whyNotGrow(group, fleet, to) ?? []);
  // The plan found each group too small. One that no longer is has grown since, maybe by an earlier try of this
  // rollback.
  if (refused !== undefined)
    return { ...failed(refused), ...(small.length < found.length && { touched: true }) };
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
