import { isGoodSide, type KnownSides } from '../../../src/ledger/known-sides.ts';
import { second, type Configuration } from './configuration.ts';
import type { Provisioned } from './lambda.ts';

/** Which version is being introduced, and how far the rollout is. */
export interface Standing {
  /**
   * - alone: one version gets everything.
   * - canary: two versions share, by weights that a pipeline or an operator set.
   * - moving: Lambda natively serves the old version until the new one has its provisioned concurrency.
   */
  readonly state: 'alone' | 'canary' | 'moving';
  /** The newest version: the one at fault, unless it is the good one. */
  readonly introduced: string;
  /** The other version; null: there is none. */
  readonly beside: string | null;
}

/**
 * Decides which of two sharing versions is being introduced: the one that is not proven. If that does not decide, it is
 * the one with a weight, as in CodeDeploy's shifts and in AWS's own example of a canary. AWS allows the opposite too
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html).
 */
export function standingOf(
  configuration: Configuration,
  provisioned: Provisioned | null,
  known: KnownSides,
): Standing {
  const { version } = configuration;
  const other = second(configuration);
  if (other === null) return { state: 'alone', introduced: version, beside: null };
  if (isMoving(configuration, provisioned))
    return { state: 'moving', introduced: version, beside: other.version };
  const own = isGoodSide(other.version, known) && !isGoodSide(version, known);
  return own
    ? { state: 'canary', introduced: version, beside: other.version }
    : { state: 'canary', introduced: other.version, beside: version };
}

/**
 * Returns whether Lambda natively serves the old version: a version that is not the alias's own gets everything, and
 * the alias has provisioned concurrency. AWS does not document it; the authors of Terraform's provider observed it
 * (https://github.com/hashicorp/terraform-provider-aws/pull/48116).
 */
export function isMoving(configuration: Configuration, provisioned: Provisioned | null): boolean {
  return provisioned !== null && mayMove(configuration);
}

/** Returns whether Lambda moves the alias if it has provisioned concurrency. */
export function mayMove(configuration: Configuration): boolean {
  return second(configuration)?.share === 1;
}
