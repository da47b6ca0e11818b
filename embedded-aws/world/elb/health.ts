import type { Backends, TargetId, TargetState } from '../seams.ts';
import type { Surroundings } from '../aws.ts';
import {
  targetKey,
  type ElbState,
  type HealthReason,
  type Registration,
  type TargetGroup,
  refill,
} from './state.ts';

const REGISTERING: HealthReason = {
  reason: 'Elb.RegistrationInProgress',
  description: 'Target registration is in progress',
};
const CHECKING: HealthReason = {
  reason: 'Elb.InitialHealthChecking',
  description: 'Initial health checks in progress',
};
const DRAINING: HealthReason = {
  reason: 'Target.DeregistrationInProgress',
  description: 'Target deregistration is in progress',
};
const NOT_IN_USE: HealthReason = {
  reason: 'Target.NotInUse',
  description: 'Target group is not configured to receive traffic from the load balancer',
};

/** A target's state and, unless it is healthy, the reason that DescribeTargetHealth gives. */
export interface Condition {
  readonly state: TargetState;
  readonly finding?: HealthReason | undefined;
}

export interface HealthChecker {
  register(group: TargetGroup, target: TargetId): void;
  deregister(group: TargetGroup, target: TargetId): void;
  condition(group: TargetGroup, registration: Registration): Condition;
}

/**
 * Creates the checker: registration, health checks and draining.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
 */
export function createHealthChecker(
  { clock, random }: Surroundings,
  state: ElbState,
  backends: () => Backends,
): HealthChecker {
  const chance = random('elb/health');
  const inUse = ({ arn }: TargetGroup) => state.rules.isUsed(arn);

  /** The interval is independent of the target's response time. */
  const checkAgain = (group: TargetGroup, registration: Registration, seconds: number): void => {
    const check = (): void => {
      const before = registration.health;
      if (inUse(group)) judge(group, registration, examine(group, registration, backends()));
      else restart(registration);
      if (registration.health !== before) refill(state, group);
      checkAgain(group, registration, group.check.intervalSeconds);
    };
    registration.timer = clock.after(seconds * 1000, check, true);
  };

  return {
    register: (group, target) => {
      const key = targetKey(target);
      const known = group.targets.get(key);
      if (known !== undefined && !known.draining) return;
      known?.timer?.cancel();
      const registration = newcomer(target);
      group.targets.set(key, registration);
      refill(state, group);
      // AWS does not document when the first check runs. Assumed: anywhere within one interval.
      checkAgain(group, registration, chance.between(0, group.check.intervalSeconds));
    },
    deregister: (group, target) => {
      const registration = group.targets.get(targetKey(target));
      if (registration === undefined || registration.draining) return;
      registration.timer?.cancel();
      const gone = (): void => {
        group.targets.delete(targetKey(target));
        refill(state, group);
      };
      // Assumed: a target that could not receive traffic has nothing to drain, so it is removed at once.
      if (!inUse(group)) {
        gone();
        return;
      }
      registration.draining = true;
      refill(state, group);
      registration.timer = clock.after(delaySeconds(group) * 1000, gone);
    },
    condition: (group, registration) => {
      if (registration.draining) return { state: 'draining', finding: DRAINING };
      if (!inUse(group)) return { state: 'unused', finding: NOT_IN_USE };
      return { state: registration.health, finding: registration.finding };
    },
  };
}

/** Returns the deregistration delay in seconds, 300 by default. */
export function delaySeconds(group: TargetGroup): number {
  return Number(group.attributes.get('deregistration_delay.timeout_seconds'));
}

function newcomer(target: TargetId): Registration {
  return { target, health: 'initial', finding: REGISTERING, streak: 0, passing: true, draining: false };
}

function restart(registration: Registration): void {
  Object.assign(registration, { health: 'initial', finding: REGISTERING, streak: 0 });
}

/** Runs one health check. Returns null if it passed. */
function examine(group: TargetGroup, { target }: Registration, backends: Backends): HealthReason | null {
  const behaviour = backends.answers(target);
  if (behaviour === null) return { reason: 'Target.FailedHealthChecks', description: 'Health checks failed' };
  if (behaviour.latency > group.check.timeoutSeconds)
    return { reason: 'Target.Timeout', description: 'Request timed out' };
  if (behaviour.health === 'passes') return null;
  const description = 'Health checks failed with these codes: [503]';
  return { reason: 'Target.ResponseCodeMismatch', description };
}

/**
 * Applies the result of one check. A new target is healthy after one pass. After that, it needs as many equal results
 * in a row as the thresholds say.
 */
function judge(group: TargetGroup, registration: Registration, finding: HealthReason | null): void {
  const passing = finding === null;
  registration.streak = passing === registration.passing ? registration.streak + 1 : 1;
  registration.passing = passing;
  if (passing) {
    const needed = registration.health === 'initial' ? 1 : group.check.healthyThreshold;
    if (registration.streak >= needed) Object.assign(registration, { health: 'healthy', finding: undefined });
  } else if (registration.streak >= group.check.unhealthyThreshold) {
    Object.assign(registration, { health: 'unhealthy', finding });
  } else if (registration.health === 'initial') {
    registration.finding = CHECKING;
  }
}
