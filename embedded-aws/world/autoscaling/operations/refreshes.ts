import type {
  CancelInstanceRefreshAnswer,
  CancelInstanceRefreshType,
  DescribeInstanceRefreshesAnswer,
  DescribeInstanceRefreshesType,
  RollbackInstanceRefreshAnswer,
  RollbackInstanceRefreshType,
  StartInstanceRefreshAnswer,
  StartInstanceRefreshType,
} from '@aws-sdk/client-auto-scaling';
import { AwsError } from '../../service.ts';
import { onGroup, reading } from '../access.ts';
import { configurationOf } from '../configuration.ts';
import { describeRefresh } from '../describe.ts';
import { activeRefresh, type Group, type Refresh } from '../model.ts';
import { page } from '../paging.ts';
import { completed } from '../refresh/preferences.ts';
import { mustReplaceRoots } from '../refresh/root-volume-rules.ts';
import { isReversible, rollBack } from '../refresh/rollback.ts';
import { getGroup, invalid, type AutoScalingState } from '../state.ts';

const SIX_WEEKS_MS = 42 * 24 * 3_600_000;
/** Duration of an operation that does not wait. Assumed. */
const MOMENT_MS = 4_000;

export function refreshOperations(state: AutoScalingState) {
  return {
    StartInstanceRefresh: {
      authorize: (input: StartInstanceRefreshType) => [
        onGroup(state, 'StartInstanceRefresh', input.AutoScalingGroupName),
      ],
      run: (input: StartInstanceRefreshType) => start(state, input),
    },
    RollbackInstanceRefresh: {
      authorize: ({ AutoScalingGroupName }: RollbackInstanceRefreshType) => [
        onGroup(state, 'RollbackInstanceRefresh', AutoScalingGroupName),
      ],
      run: (input: RollbackInstanceRefreshType) => rollback(state, input),
    },
    CancelInstanceRefresh: {
      authorize: ({ AutoScalingGroupName }: CancelInstanceRefreshType) => [
        onGroup(state, 'CancelInstanceRefresh', AutoScalingGroupName),
      ],
      run: (input: CancelInstanceRefreshType) => cancel(state, input),
    },
    DescribeInstanceRefreshes: {
      authorize: reading('DescribeInstanceRefreshes'),
      run: (input: DescribeInstanceRefreshesType) => describe(state, input),
    },
  };
}

function start(state: AutoScalingState, input: StartInstanceRefreshType): StartInstanceRefreshAnswer {
  const group = getGroup(state, input.AutoScalingGroupName);
  if (activeRefresh(group) !== null)
    throw new AwsError(
      'InstanceRefreshInProgress',
      'An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.',
    );
  if (input.Strategy === 'ReplaceRootVolume') mustReplaceRoots(state, group, input);
  const refresh = create(state, group, input);
  if (input.Preferences?.AutoRollback === true) mustBeReversible(state, group, refresh);
  group.refreshes.push(refresh);
  return { InstanceRefreshId: refresh.id };
}

function create(state: AutoScalingState, group: Group, input: StartInstanceRefreshType): Refresh {
  const { DesiredConfiguration: desired, Preferences } = input;
  if (desired !== undefined) configurationOf(state, desired);
  const now = state.clock.now();
  return {
    id: state.random(`autoscaling/refresh/${group.name}/${group.refreshes.length}`).uuid(),
    strategy: input.Strategy ?? 'Rolling',
    preferences: completed(group, Preferences),
    desired,
    startedAt: now,
    status: 'Pending',
    reason: '',
    percentage: 0,
    toUpdate: group.instances.length,
    stuckSince: now,
    furthest: 0,
    checkpoint: 0,
    holdsUntil: 0,
  };
}

function mustBeReversible(state: AutoScalingState, group: Group, refresh: Refresh): void {
  if (refresh.desired === undefined)
    throw invalid(
      'The AutoRollback parameter cannot be set to true when the DesiredConfiguration parameter is empty.',
    );
  if (!isReversible(state, group, refresh))
    throw invalid('The AutoRollback parameter needs a numbered launch template version with an AMI ID.');
}

function rollback(
  state: AutoScalingState,
  input: RollbackInstanceRefreshType,
): RollbackInstanceRefreshAnswer {
  const group = getGroup(state, input.AutoScalingGroupName);
  const refresh = active(group);
  if (refresh.status === 'Cancelling' || refresh.status === 'RollbackInProgress') throw notFound(group);
  if (!isReversible(state, group, refresh))
    throw new AwsError('IrreversibleInstanceRefresh', 'The instance refresh cannot be rolled back.');
  rollBack(state, group, refresh, 'Manual rollback');
  return { InstanceRefreshId: refresh.id };
}

function cancel(state: AutoScalingState, input: CancelInstanceRefreshType): CancelInstanceRefreshAnswer {
  const refresh = active(getGroup(state, input.AutoScalingGroupName));
  const { WaitForTransitioningInstances: waits = true } = input;
  refresh.status = 'Cancelling';
  refresh.holdsUntil = waits ? Infinity : state.clock.now() + MOMENT_MS;
  return { InstanceRefreshId: refresh.id };
}

function active(group: Group): Refresh {
  const refresh = activeRefresh(group);
  if (refresh === null) throw notFound(group);
  return refresh;
}

function notFound({ name }: Group): AwsError {
  return new AwsError(
    'ActiveInstanceRefreshNotFound',
    `No in progress or pending Instance Refresh found for Auto Scaling group ${name}`,
  );
}

/** Describes refreshes, newest first. */
function describe(
  state: AutoScalingState,
  input: DescribeInstanceRefreshesType,
): DescribeInstanceRefreshesAnswer {
  const group = getGroup(state, input.AutoScalingGroupName);
  const { InstanceRefreshIds: ids } = input;
  const since = state.clock.now() - SIX_WEEKS_MS;
  const found = group.refreshes
    .filter(({ id, startedAt }) => startedAt >= since && (ids === undefined || ids.includes(id)))
    .toReversed();
  const { items, token } = page(found, input, 100);
  return { InstanceRefreshes: items.map((refresh) => describeRefresh(group, refresh)), ...token };
}
