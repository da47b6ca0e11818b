import type { TargetStatus } from '@aws-sdk/client-vpc-lattice';
import type { Surroundings } from '../aws.ts';
import type { Backends, TargetId } from '../seams.ts';
import { usersOf, type LatticeState, type Registration, type TargetGroup } from './state.ts';

export interface HealthChecker {
  register(group: TargetGroup, target: TargetId): void;
  /** Returns whether the target was registered. */
  deregister(group: TargetGroup, target: TargetId): boolean;
  status(group: TargetGroup, registration: Registration): TargetStatus;
}

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-group-health-checks.html */
const DEFAULT_INTERVAL_SECONDS = 30;
const DEFAULT_TIMEOUT_SECONDS = 5;
const DEFAULT_HEALTHY_THRESHOLD = 5;
const DEFAULT_UNHEALTHY_THRESHOLD = 2;

/** How long a target drains. Assumed: as long as the default delay of Elastic Load Balancing. */
export const DRAIN_SECONDS = 300;

export function keyOf({ id, port }: TargetId): string {
  return `${id}:${port}`;
}

/**
 * Returns whether targets are checked: on by default for HTTP1, off for HTTP2 and gRPC, never for functions and load
 * balancers. https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-group-health-checks.html
 */
export function isChecked({ type, config }: Pick<TargetGroup, 'type' | 'config'>): boolean {
  if (type === 'LAMBDA' || type === 'ALB') return false;
  return config?.healthCheck?.enabled ?? (config?.protocolVersion ?? 'HTTP1') === 'HTTP1';
}

/** Creates the checker: registration, health checks and draining. */
export function createHealthChecker(
  { clock, random }: Pick<Surroundings, 'clock' | 'random'>,
  state: LatticeState,
  backends: () => Backends,
): HealthChecker {
  const chance = random('lattice/health');
  const inUse = (group: TargetGroup) => usersOf(state, group).length > 0;

  const checkAgain = (group: TargetGroup, registration: Registration, seconds: number): void => {
    const check = (): void => {
      if (!inUse(group) || !isChecked(group)) Object.assign(registration, { health: 'INITIAL', streak: 0 });
      else judge(group, registration, passes(group, registration, backends()));
      checkAgain(group, registration, intervalOf(group));
    };
    registration.timer = clock.after(seconds * 1000, check, true);
  };

  return {
    register: (group, target) => {
      const known = group.targets.get(keyOf(target));
      if (known !== undefined && !known.draining) return;
      known?.timer?.cancel();
      const registration: Registration = {
        ...{ target, health: 'INITIAL', streak: 0, passing: true, draining: false },
      };
      group.targets.set(keyOf(target), registration);
      // AWS does not document when the first check runs. Assumed: anywhere within one interval.
      checkAgain(group, registration, chance.between(0, intervalOf(group)));
    },
    deregister: (group, target) => {
      const registration = group.targets.get(keyOf(target));
      if (registration === undefined || registration.draining) return false;
      registration.timer?.cancel();
      const gone = () => void group.targets.delete(keyOf(target));
      if (!inUse(group)) {
        gone();
        return true;
      }
      registration.draining = true;
      registration.timer = clock.after(DRAIN_SECONDS * 1000, gone);
      return true;
    },
    // https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_TargetSummary.html
    status: (group, registration) => {
      if (registration.draining) return 'DRAINING';
      if (!inUse(group)) return 'UNUSED';
      return isChecked(group) ? registration.health : 'UNAVAILABLE';
    },
  };
}

/** 0 sets a value back to its default (API_HealthCheckConfig, VPC Lattice). */
function intervalOf({ config }: TargetGroup): number {
  return config?.healthCheck?.healthCheckIntervalSeconds || DEFAULT_INTERVAL_SECONDS;
}

function passes({ config }: TargetGroup, { target }: Registration, backends: Backends): boolean {
  const behaviour = backends.answers(target);
  const timeout = config?.healthCheck?.healthCheckTimeoutSeconds || DEFAULT_TIMEOUT_SECONDS;
  return behaviour !== null && behaviour.latency <= timeout && behaviour.health === 'passes';
}

/** Applies the result of one check. A new target is healthy after one pass. */
function judge({ config }: TargetGroup, registration: Registration, passing: boolean): void {
  registration.streak = passing === registration.passing ? registration.streak + 1 : 1;
  registration.passing = passing;
  const { healthyThresholdCount, unhealthyThresholdCount } = config?.healthCheck ?? {};
  const wanted = passing
    ? healthyThresholdCount || DEFAULT_HEALTHY_THRESHOLD
    : unhealthyThresholdCount || DEFAULT_UNHEALTHY_THRESHOLD;
  const needed = passing && registration.health === 'INITIAL' ? 1 : wanted;
  if (registration.streak >= needed) registration.health = passing ? 'HEALTHY' : 'UNHEALTHY';
}
