import type {
  DeregisterTargetsInput,
  DeregisterTargetsOutput,
  DescribeTargetHealthInput,
  DescribeTargetHealthOutput,
  RegisterTargetsInput,
  RegisterTargetsOutput,
  TargetDescription,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { TargetId } from '../seams.ts';
import { AwsError } from '../service.ts';
import type { HealthChecker } from './health.ts';
import { READ, REGISTER } from './limits.ts';
import { readOnly } from './access.ts';
import {
  findTargetGroup,
  tagsOf,
  targetKey,
  type ElbState,
  type Registration,
  type TargetGroup,
} from './state.ts';

export function targetOperations(state: ElbState, health: HealthChecker) {
  const mayChange =
    (action: string) =>
    ({ TargetGroupArn = '' }: { TargetGroupArn: string | undefined }) => [
      {
        action: `elasticloadbalancing:${action}`,
        resource: TargetGroupArn,
        tags: tagsOf(state, TargetGroupArn),
      },
    ];
  return {
    RegisterTargets: {
      bucket: REGISTER,
      authorize: mayChange('RegisterTargets'),
      run: (input: RegisterTargetsInput): RegisterTargetsOutput => {
        const group = findTargetGroup(state, input.TargetGroupArn);
        for (const target of named(group, input.Targets)) health.register(group, target);
        return {};
      },
    },
    DeregisterTargets: {
      bucket: REGISTER,
      authorize: mayChange('DeregisterTargets'),
      run: (input: DeregisterTargetsInput): DeregisterTargetsOutput => {
        const group = findTargetGroup(state, input.TargetGroupArn);
        for (const target of named(group, input.Targets)) health.deregister(group, target);
        return {};
      },
    },
    DescribeTargetHealth: {
      bucket: READ,
      authorize: readOnly('DescribeTargetHealth'),
      run: (input: DescribeTargetHealthInput) => describe(state, health, input),
    },
  };
}

/** Returns the named targets. A target without a port has the group's port. */
function named(group: TargetGroup, targets: readonly TargetDescription[] | undefined): readonly TargetId[] {
  return (targets ?? []).map(({ Id, Port }) => {
    if (Id === undefined) throw new AwsError('InvalidTarget', 'A target must have an id');
    return { id: Id, port: Port ?? group.port };
  });
}

function describe(
  state: ElbState,
  health: HealthChecker,
  { TargetGroupArn, Targets }: DescribeTargetHealthInput,
): DescribeTargetHealthOutput {
  const group = findTargetGroup(state, TargetGroupArn);
  const descriptions = Targets?.length
    ? named(group, Targets).map((target) => describeNamed(group, health, target))
    : [...group.targets.values()].map((registration) => describeOne(group, health, registration));
  return { TargetHealthDescriptions: descriptions };
}

function describeNamed(group: TargetGroup, health: HealthChecker, target: TargetId): TargetHealthDescription {
  const registration = group.targets.get(targetKey(target));
  if (registration !== undefined) return describeOne(group, health, registration);
  return {
    Target: { Id: target.id, Port: target.port },
    TargetHealth: {
      State: 'unused',
      Reason: 'Target.NotRegistered',
      Description: 'Target is not registered to the target group',
    },
  };
}

/** Describes a target. One in use has the port of its health check; an unused one has none. */
function describeOne(
  group: TargetGroup,
  health: HealthChecker,
  registration: Registration,
): TargetHealthDescription {
  const { target } = registration;
  const { state, finding } = health.condition(group, registration);
  const port = group.check.port === 'traffic-port' ? String(target.port) : group.check.port;
  return {
    Target: { Id: target.id, Port: target.port },
    ...(state === 'unused' ? {} : { HealthCheckPort: port }),
    TargetHealth: {
      State: state,
      ...(finding === undefined ? {} : { Reason: finding.reason as never, Description: finding.description }),
    },
  };
}
