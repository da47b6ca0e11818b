import type {
  CreateTargetGroupRequest,
  CreateTargetGroupResponse,
  DeleteTargetGroupRequest,
  DeleteTargetGroupResponse,
  GetTargetGroupRequest,
  GetTargetGroupResponse,
  HealthCheckConfig,
  ListTargetGroupsRequest,
  ListTargetGroupsResponse,
  TargetGroupSummary,
  UpdateTargetGroupRequest,
  UpdateTargetGroupResponse,
} from '@aws-sdk/client-vpc-lattice';
import type { Surroundings } from '../aws.ts';
import { AwsError } from '../service.ts';
import { latticeArn, onAll, onNew, onOne, targetGroupArn } from './access.ts';
import { invalid } from './actions.ts';
import { isChecked } from './health.ts';
import { page } from './paging.ts';
import { addTags, findTargetGroup, remove, usersOf, type LatticeState, type TargetGroup } from './state.ts';

interface Named {
  readonly targetGroupIdentifier: string | undefined;
}

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-groups.html */
export function targetGroupOperations(surroundings: Surroundings, state: LatticeState) {
  const mayOn = (action: string) => (input: Named) =>
    onOne(state, action, targetGroupArn(input.targetGroupIdentifier));
  return {
    CreateTargetGroup: {
      authorize: (input: CreateTargetGroupRequest) =>
        onNew(state, 'CreateTargetGroup', latticeArn('targetgroup', '*'), input),
      run: (input: CreateTargetGroupRequest) => create(surroundings, state, input),
    },
    GetTargetGroup: {
      authorize: mayOn('GetTargetGroup'),
      run: (input: GetTargetGroupRequest): GetTargetGroupResponse => {
        const group = findTargetGroup(state, input.targetGroupIdentifier);
        return { ...common(state, group), config: shown(group) };
      },
    },
    ListTargetGroups: {
      authorize: onAll('ListTargetGroups'),
      run: (input: ListTargetGroupsRequest): ListTargetGroupsResponse => {
        const { vpcIdentifier: vpc, targetGroupType: type } = input;
        const found = [...state.targetGroups.values()].filter(
          (group) =>
            (vpc === undefined || group.config?.vpcIdentifier === vpc) &&
            (type === undefined || group.type === type),
        );
        return page(
          found.map((group) => summary(state, group)),
          input,
        );
      },
    },
    UpdateTargetGroup: {
      authorize: mayOn('UpdateTargetGroup'),
      run: ({ targetGroupIdentifier, healthCheck }: UpdateTargetGroupRequest): UpdateTargetGroupResponse => {
        const group = findTargetGroup(state, targetGroupIdentifier);
        checkHealthCheck(group.type, healthCheck);
        group.config = { ...group.config, healthCheck: { ...group.config?.healthCheck, ...healthCheck } };
        group.updatedAt = new Date(surroundings.clock.now());
        const { id, arn, name, type, status } = group;
        return { id, arn, name, type, status, config: shown(group) };
      },
    },
    DeleteTargetGroup: {
      authorize: mayOn('DeleteTargetGroup'),
      run: (input: DeleteTargetGroupRequest): DeleteTargetGroupResponse => {
        const group = findTargetGroup(state, input.targetGroupIdentifier);
        // "You can't delete a target group if it is used in a listener rule" (API_DeleteTargetGroup).
        if (usersOf(state, group).length > 0 || group.targets.size > 0)
          throw new AwsError('ConflictException', `The target group ${group.id} is in use`, 409);
        remove(state, state.targetGroups, group);
        return { id: group.id, arn: group.arn, status: 'DELETE_IN_PROGRESS' };
      },
    },
  };
}

/** A new group is ACTIVE at once here. AWS takes a moment and may fail, for which it gives no figure. */
function create(
  { clock, random }: Surroundings,
  state: LatticeState,
  { name = '', type = 'IP', config, tags }: CreateTargetGroupRequest,
): CreateTargetGroupResponse {
  if (!/^[a-z0-9-]{3,128}$/.test(name)) throw invalid(`The name ${JSON.stringify(name)} is not valid`);
  if ([...state.targetGroups.values()].some((other) => other.name === name))
    throw new AwsError('ConflictException', `A target group ${name} exists already`, 409);
  if (type === 'LAMBDA' && config?.healthCheck !== undefined)
    throw invalid('A target group of functions has no health checks');
  checkHealthCheck(type, config?.healthCheck);
  const id = `tg-${random(`lattice/target-group/${name}`).hex(17)}`;
  const createdAt = new Date(clock.now());
  const group: TargetGroup = {
    ...{ id, arn: latticeArn('targetgroup', id), name, type, config, status: 'ACTIVE' },
    ...{ createdAt, updatedAt: createdAt, targets: new Map() },
  };
  state.targetGroups.set(id, group);
  addTags(state, group.arn, tags);
  return { id, arn: group.arn, name, type, status: 'ACTIVE', ...configOf(group) };
}

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_HealthCheckConfig.html */
function checkHealthCheck(type: string, check: HealthCheckConfig | undefined): void {
  if (check === undefined) return;
  if ((type === 'LAMBDA' || type === 'ALB') && check.enabled === true)
    throw invalid(`Health checks do not support target groups of the type ${type}`);
  within('healthCheckIntervalSeconds', check.healthCheckIntervalSeconds, 5, 300);
  within('healthCheckTimeoutSeconds', check.healthCheckTimeoutSeconds, 1, 120);
  within('healthyThresholdCount', check.healthyThresholdCount, 2, 10);
  within('unhealthyThresholdCount', check.unhealthyThresholdCount, 2, 10);
}

/** 0 stands for the default. */
function within(field: string, value: number | undefined, low: number, high: number): void {
  if (value !== undefined && value !== 0 && (value < low || value > high))
    throw invalid(`${field} ${value} must be between ${low} and ${high}`);
}

function shown(group: TargetGroup): TargetGroup['config'] {
  if (group.type === 'LAMBDA') return group.config ?? {};
  const { config } = group;
  return { ...config, healthCheck: { path: '/', ...config?.healthCheck, enabled: isChecked(group) } };
}

function configOf(group: TargetGroup) {
  const config = shown(group);
  return config === undefined ? {} : { config };
}

function summary(state: LatticeState, group: TargetGroup): TargetGroupSummary {
  const { port, vpcIdentifier } = group.config ?? {};
  return {
    ...common(state, group),
    ...(port !== undefined && { port }),
    ...(vpcIdentifier !== undefined && { vpcIdentifier }),
  };
}

function common(state: LatticeState, group: TargetGroup) {
  const { id, arn, name, type, status, createdAt, updatedAt } = group;
  const services = usersOf(state, group).map(({ listener }) => listener.service.arn);
  return {
    ...{ id, arn, name, type, status, createdAt, lastUpdatedAt: updatedAt },
    serviceArns: [...new Set(services)],
  };
}
