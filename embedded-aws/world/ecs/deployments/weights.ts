import type { ServiceDeployment } from '../model.ts';

/** Returns the percentage of production traffic on the new revision after the next step. */
export function nextWeight({ configuration, productionWeight }: ServiceDeployment): number {
  if (configuration.strategy === 'CANARY') {
    return productionWeight === 0 ? (configuration.canaryConfiguration?.canaryPercent ?? 5) : 100;
  }
  if (configuration.strategy === 'LINEAR') {
    return Math.min(100, productionWeight + (configuration.linearConfiguration?.stepPercent ?? 10));
  }
  return 100;
}

/**
 * Returns the minutes between two steps. Defaults: 10 after the canary, 6 between linear steps.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CanaryConfiguration.html and
 * API_LinearConfiguration.html
 */
export function stepBakeMinutes({ configuration }: ServiceDeployment): number {
  if (configuration.strategy === 'CANARY')
    return configuration.canaryConfiguration?.canaryBakeTimeInMinutes ?? 10;
  return configuration.linearConfiguration?.stepBakeTimeInMinutes ?? 6;
}
