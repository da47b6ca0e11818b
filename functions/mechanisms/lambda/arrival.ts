import type { Plan } from '../../../src/rollback/plan.ts';
import { second, versionsOf, type Configuration } from './configuration.ts';
import type { Memo } from './memo.ts';
import type { Alias } from './lambda.ts';

type WithWay = Extract<Plan<Memo>, { rungs: unknown }>;

/** Points at the wanted version and at no other. */
export function isThere(configuration: Configuration, { to }: WithWay): boolean {
  return configuration.version === to.id && second(configuration) === null;
}

/** Points at the wanted version, while Lambda keeps the one at fault on until that has its provisioned concurrency. */
export function isUnderWay(configuration: Configuration, plan: WithWay): boolean {
  const other = second(configuration);
  if (configuration.version !== plan.to.id || other?.share !== 1) return false;
  return plan.memo.versions.includes(other.version);
}

/** Has not changed since the plan, or only as a rollout goes on: it names no version that it did not name then. */
export function isSameRollout(alias: Alias, plan: WithWay): boolean {
  const { revisionId, versions } = plan.memo;
  return alias.revisionId === revisionId || versionsOf(alias).every((version) => versions.includes(version));
}
