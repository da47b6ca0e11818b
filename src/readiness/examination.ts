import type { Plan } from '../rollback/plan.ts';
import type { Instant, Request } from '../rollback/request.ts';
import type { Finding } from './finding.ts';

/** The input of a mechanism's examination: a plan that was just made, as for an operator's request without a revision. */
export interface Examining<Memo = unknown> {
  readonly request: Request;
  readonly plan: Plan<Memo>;
  readonly now: Instant;
}

/**
 * Writes that a way back makes, for the simulation of the mechanism's own role.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export interface Need {
  /** `ecs:UpdateService` */
  readonly actions: readonly string[];
  /** ARNs that are authorised; `*` for an action without resource-level permissions. */
  readonly resources: readonly string[];
  /** Condition keys of the call that IAM knows and the caller must name: `iam:PassedToService`, and tags of the resource. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** Returns the need of some resources; none without resources, because IAM would simulate all. */
export function only(
  resources: readonly string[],
  need: (resources: readonly string[]) => Need,
): readonly Need[] {
  return resources.length === 0 ? [] : [need(resources)];
}

/** The answer of a mechanism. */
export interface Examination {
  readonly findings: readonly Finding[];
  /** Absent: the role is not simulated. */
  readonly needs?: readonly Need[];
}

/** What a mechanism knows of whether a target of its kind could be rolled back. */
export interface Examiner<Memo = unknown> {
  /**
   * Reads what speaks against a rollback of this target. Read only. What cannot be read is the finding `not-read`
   * (`readOr` of src/lambda/read-or.ts); throttled and unavailable reads are thrown, because the machine retries them.
   */
  readiness(examining: Examining<Memo>): Promise<Examination>;
}
