/**
 * How many instances must stay healthy.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_MinimumHealthyHosts.html
 */
export interface MinimumHealthy {
  /** `MOST_CONCURRENCY` occurs in answers only, for CodeDeployDefault.OneAtATime. */
  readonly type: 'HOST_COUNT' | 'FLEET_PERCENT' | 'MOST_CONCURRENCY';
  readonly value: number;
}

/**
 * The predefined configurations for instances.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
 */
export const PREDEFINED: Readonly<Record<string, MinimumHealthy>> = {
  'CodeDeployDefault.AllAtOnce': { type: 'HOST_COUNT', value: 0 },
  'CodeDeployDefault.HalfAtATime': { type: 'FLEET_PERCENT', value: 50 },
  'CodeDeployDefault.OneAtATime': { type: 'MOST_CONCURRENCY', value: 1 },
};

/**
 * Returns how many of so many instances must stay healthy. CodeDeploy rounds a percentage up.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/instances-health.html
 */
export function leastHealthy({ type, value }: MinimumHealthy, instances: number): number {
  switch (type) {
    case 'HOST_COUNT':
      return value;
    case 'FLEET_PERCENT':
      return Math.ceil((instances * value) / 100);
    case 'MOST_CONCURRENCY':
      return Math.max(0, instances - value);
  }
}
