import type { TargetStatus } from '@aws-sdk/client-vpc-lattice';
import type { InstanceRegistry, TargetState } from '../seams.ts';
import { DRAIN_SECONDS, keyOf, type HealthChecker } from './health.ts';
import { findTargetGroup, type LatticeState } from './state.ts';

/** Without a health check, Auto Scaling is shown nothing that it could act on. */
const STATES: Readonly<Record<TargetStatus, TargetState>> = {
  DRAINING: 'draining',
  HEALTHY: 'healthy',
  INITIAL: 'initial',
  UNAVAILABLE: 'unused',
  UNHEALTHY: 'unhealthy',
  UNUSED: 'unused',
};

/**
 * Returns the target groups as Auto Scaling uses them, as traffic sources.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-vpc-lattice.html
 */
export function instanceGroups(state: LatticeState, health: HealthChecker): InstanceRegistry {
  return {
    port: (arn) => findTargetGroup(state, arn).config?.port ?? 80,
    register: (arn, target) => health.register(findTargetGroup(state, arn), target),
    deregister: (arn, target) => void health.deregister(findTargetGroup(state, arn), target),
    state: (arn, target) => {
      const group = findTargetGroup(state, arn);
      const registration = group.targets.get(keyOf(target));
      return registration === undefined ? null : STATES[health.status(group, registration)];
    },
    deregistrationDelay: () => DRAIN_SECONDS,
  };
}

/** Returns the registry of both services, which finds the one of a target group by its ARN. */
export function ofEither(lattice: InstanceRegistry, others: InstanceRegistry): InstanceRegistry {
  const of = (arn: string) => (arn.includes(':vpc-lattice:') ? lattice : others);
  return {
    port: (arn) => of(arn).port(arn),
    register: (arn, target) => of(arn).register(arn, target),
    deregister: (arn, target) => of(arn).deregister(arn, target),
    state: (arn, target) => of(arn).state(arn, target),
    deregistrationDelay: (arn) => of(arn).deregistrationDelay(arn),
  };
}
