import type { DeploymentConfiguration, DeploymentLifecycleHook } from '@aws-sdk/client-ecs';
import { invalid, notModelled } from '../errors.ts';

/**
 * The default configuration of a service.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
const DEFAULTS: DeploymentConfiguration = {
  deploymentCircuitBreaker: { enable: false, rollback: false },
  maximumPercent: 200,
  minimumHealthyPercent: 100,
  alarms: { alarmNames: [], rollback: false, enable: false },
  strategy: 'ROLLING',
};

/**
 * Returns the present configuration with the given parts replaced.
 * @throws AwsError InvalidParameterException, UnsupportedFeatureException for what is not modelled
 */
export function configure(
  given: DeploymentConfiguration = {},
  present: DeploymentConfiguration = DEFAULTS,
): DeploymentConfiguration {
  const configuration = { ...present, ...given };
  refuseUnmodelled(configuration);
  checkPercentages(configuration);
  checkShift(configuration);
  for (const hook of configuration.lifecycleHooks ?? []) checkHook(hook);
  return configuration;
}

function refuseUnmodelled({
  earlySuccessCriteria,
  strategy = 'ROLLING',
  lifecycleHooks = [],
}: DeploymentConfiguration): void {
  if (earlySuccessCriteria?.enable === true) throw notModelled('early success criteria');
  if (strategy === 'ROLLING' && lifecycleHooks.length > 0)
    throw notModelled('lifecycle hooks of rolling deployments');
}

function checkPercentages({
  strategy,
  minimumHealthyPercent = 100,
  maximumPercent = 200,
}: DeploymentConfiguration): void {
  if (strategy === 'ROLLING' && minimumHealthyPercent === 100 && maximumPercent === 100) {
    throw invalid(
      'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.',
    );
  }
}

function checkShift({
  strategy,
  bakeTimeInMinutes,
  canaryConfiguration,
  linearConfiguration,
}: DeploymentConfiguration): void {
  const within = (value: number, low: number, high: number): boolean => value >= low && value <= high;
  if (strategy === 'BLUE_GREEN' && bakeTimeInMinutes === undefined) {
    throw invalid('bakeTimeInMinutes must be specified for the deployment strategy BLUE_GREEN.');
  }
  if (!within(bakeTimeInMinutes ?? 0, 0, 1440))
    throw invalid('bakeTimeInMinutes must be between 0 and 1440.');
  if (strategy === 'CANARY' && !within(canaryConfiguration?.canaryPercent ?? 5, 0.1, 100)) {
    throw invalid('canaryPercent must be between 0.1 and 100.0.');
  }
  if (strategy === 'LINEAR' && !within(linearConfiguration?.stepPercent ?? 10, 3, 100)) {
    throw invalid('stepPercent must be between 3.0 and 100.0.');
  }
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentLifecycleHook.html */
function checkHook({ targetType = 'AWS_LAMBDA', lifecycleStages = [] }: DeploymentLifecycleHook): void {
  if (targetType !== 'PAUSE') throw notModelled('lifecycle hooks that invoke a Lambda function');
  if (
    lifecycleStages.some((stage) => stage === 'TEST_TRAFFIC_SHIFT' || stage === 'PRODUCTION_TRAFFIC_SHIFT')
  ) {
    throw invalid('PAUSE hooks cannot be configured at TEST_TRAFFIC_SHIFT or PRODUCTION_TRAFFIC_SHIFT.');
  }
}
