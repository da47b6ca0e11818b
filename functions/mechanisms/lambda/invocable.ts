import type { Version } from './lambda.ts';

/**
 * Returns why a version cannot be invoked, or null. Lambda activates an inactive one when it is invoked.
 * https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
 */
export function whyNotInvocable(version: Pick<Version, 'state'> | null): string | null {
  const state = version?.state ?? 'Active';
  return ['Active', 'Inactive', 'Pending'].includes(state) ? null : `it is ${state}`;
}
