import type { Backends, TargetId, TargetState } from '../seams.ts';
import type { Surroundings } from '../aws.ts';
import { rulesUsing } from './forward.ts';
import { targetKey, type ElbState, type HealthReason, type Registration, type TargetGroup } from './state.ts';

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

/** A target's state and, unless it is healthy, the reason as DescribeTargetHealth gives it. */
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
 * Registration, health checks and draining.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
 */
export function createHealthChecker(
  { clock, random }: Surroundings,
  state: ElbState,
  backends: () => Backends,
): HealthChecker {
  const chance = random('elb/health');
  const inUse = (group: TargetGroup): boolean => rulesUsing(state, group.arn).length > 0;

  /** The interval does not depend on how long the target takes to answer. */
  const checkAgain = (group: TargetGroup, registration: Registration, seconds: number): void => {
    registration.timer = clock.after(seconds * 1000, () => {
      if (inUse(group)) judge(group, registration, examine(group, registration, backends()));
      else restart(registration);
      checkAgain(group, registration, group.check.intervalSeconds);
    });
  };

  return {
    register: (group, target) => {
      const key = targetKey(target);
      const known = group.targets.get(key);
      if (known !== undefined && !known.draining) return;
      known?.timer?.cancel();
      const registration = newcomer(target);
      group.targets.set(key, registration);
      // The documentation does not say when the first check comes; assumed: anywhere within one interval.
      checkAgain(group, registration, chance.between(0, group.check.intervalSeconds));
    },
    deregister: (group, target) => {
      const registration = group.targets.get(targetKey(target));
      if (registration === undefined || registration.draining) return;
      registration.timer?.cancel();
      const gone = (): boolean => group.targets.delete(targetKey(target));
      // Assumed: a target that could not receive traffic has nothing to drain and is gone at once.
      if (!inUse(group)) return void gone();
      registration.draining = true;
      registration.timer = clock.after(delaySeconds(group) * 1000, gone);
    },
    condition: (group, registration) => {
      if (registration.draining) return { state: 'draining', finding: DRAINING };
      if (!inUse(group)) return { state: 'unused', finding: NOT_IN_USE };
      return { state: registration.health, finding: registration.finding };
    },
  };
}

/** Seconds; 300 unless changed. */
export function delaySeconds(group: TargetGroup): number {
  return Number(group.attributes.get('deregistration_delay.timeout_seconds'));
}

function newcomer(target: TargetId): Registration {
  return { target, health: 'initial', finding: REGISTERING, streak: 0, passing: true, draining: false };
}

function restart(registration: Registration): void {
  Object.assign(registration, { health: 'initial', finding: REGISTERING, streak: 0 });
}

/** One health check. Null: it passed. */
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
 * What one check changes. A new target needs one pass to be healthy; after that, as many results in a row as the
 * thresholds say.
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
