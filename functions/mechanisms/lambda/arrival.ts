import type { Plan } from '../../../src/rollback/plan.ts';
import { second, versionsOf, type Configuration } from './configuration.ts';
import type { Memo } from './memo.ts';
import type { Alias } from './lambda.ts';

type WithWay = Extract<Plan<Memo>, { rungs: unknown }>;

/** Returns whether the alias points at the wanted version and at no other. */
export function isThere(configuration: Configuration, { to }: WithWay): boolean {
  return configuration.version === to.id && second(configuration) === null;
}

/**
 * Returns whether Lambda is moving there: it serves the version at fault until the other has its provisioned
 * concurrency.
 */
export function isUnderWay(configuration: Configuration, plan: WithWay): boolean {
  const other = second(configuration);
  if (configuration.version !== plan.to.id || other?.share !== 1) return false;
  return plan.memo.versions.includes(other.version);
}

/**
 * Returns whether the alias names no version that it did not name in the plan. A rollout in flight changes only
 * weights.
 */
export function isSameRollout(alias: Alias, plan: WithWay): boolean {
  const { revisionId, versions } = plan.memo;
  return alias.revisionId === revisionId || versionsOf(alias).every((version) => versions.includes(version));
}
