import { MAX_RECENT_DEPLOYMENTS } from '../../../src/rollback/plan.ts';
import type { CodeDeploy, Deployment } from './codedeploy.ts';

/**
 * Says of the newest deployments whether the user's own configuration takes every instance out of service: it keeps none,
 * or no percent, in service.
 * @param deployments newest first
 */
export async function asConfigured(
  codedeploy: Pick<CodeDeploy, 'minimumHealthy'>,
  deployments: readonly Deployment[],
): Promise<readonly Deployment[]> {
  const recent = deployments.slice(0, MAX_RECENT_DEPLOYMENTS);
  const names = new Set(recent.flatMap(({ ownConfig, takesAll }) => (takesAll ? [] : (ownConfig ?? []))));
  const minima = await Promise.all(
    [...names].map(async (name) => [name, await codedeploy.minimumHealthy(name)] as const),
  );
  const keepNone = new Set(minima.flatMap(([name, minimum]) => (minimum === 0 ? [name] : [])));
  return deployments.map((one) =>
    one.ownConfig !== null && keepNone.has(one.ownConfig) ? { ...one, takesAll: true } : one,
  );
}
