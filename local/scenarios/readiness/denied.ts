import type { Scenario } from '../scenario.ts';

/** Denies an action to the role of a mechanism, as a policy of the organization or a boundary does. */
export function denying(kind: string, ...actions: readonly string[]): NonNullable<Scenario['attached']> {
  const Statement = [{ Effect: 'Deny', Action: actions, Resource: '*' }] as const;
  return {
    [`lastgood-prod-mechanism-${kind}-eu-west-1-role`]: [{ Version: '2012-10-17', Statement }],
  };
}
