import type {
  CreateDeploymentConfigInput,
  CreateDeploymentConfigOutput,
  DeploymentConfigInfo,
  GetDeploymentConfigInput,
  GetDeploymentConfigOutput,
  MinimumHealthyHosts,
} from '@aws-sdk/client-codedeploy';
import type { Operation } from '../../service.ts';
import { invalid } from '../errors.ts';
import { configArn } from '../names.ts';
import type { MinimumHealthy } from '../server/configs.ts';
import type { CodeDeployState } from '../state.ts';

/** The operations on deployment configurations. Only those for instances are modelled. */
export function configOperations(state: CodeDeployState): Readonly<Record<string, Operation>> {
  return {
    CreateDeploymentConfig: {
      authorize: ({ deploymentConfigName = '' }: CreateDeploymentConfigInput) => [
        { action: 'codedeploy:CreateDeploymentConfig', resource: configArn(deploymentConfigName) },
      ],
      run: (input: CreateDeploymentConfigInput) => createConfig(state, input),
    },
    GetDeploymentConfig: {
      authorize: ({ deploymentConfigName = '' }: GetDeploymentConfigInput) => [
        { action: 'codedeploy:GetDeploymentConfig', resource: configArn(deploymentConfigName) },
      ],
      run: ({ deploymentConfigName: name = '' }: GetDeploymentConfigInput): GetDeploymentConfigOutput => {
        const minimumHealthyHosts = state.configs.get(name);
        if (minimumHealthyHosts === undefined)
          throw invalid(
            'DeploymentConfigDoesNotExistException',
            `No Deployment Configuration found: ${name}`,
          );
        const info = { deploymentConfigName: name, computePlatform: 'Server', minimumHealthyHosts };
        return { deploymentConfigInfo: info as DeploymentConfigInfo };
      },
    },
  };
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeploymentConfig.html */
function createConfig(
  { configs, chance }: CodeDeployState,
  {
    deploymentConfigName: name = '',
    minimumHealthyHosts,
    computePlatform = 'Server',
  }: CreateDeploymentConfigInput,
): CreateDeploymentConfigOutput {
  if (computePlatform !== 'Server')
    throw new Error(`a deployment configuration for ${computePlatform} is not modelled`);
  if (name === '') throw invalid('DeploymentConfigNameRequiredException', 'A name must be specified');
  if (configs.has(name))
    throw invalid(
      'DeploymentConfigAlreadyExistsException',
      `Deployment Configuration already exists: ${name}`,
    );
  configs.set(name, minimumIn(minimumHealthyHosts));
  return { deploymentConfigId: chance.uuid() };
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_MinimumHealthyHosts.html */
function minimumIn({ type, value }: Partial<MinimumHealthyHosts> = {}): MinimumHealthy {
  const isCount = type === 'HOST_COUNT' && value !== undefined && value >= 0;
  const isPercent = type === 'FLEET_PERCENT' && value !== undefined && value >= 0 && value <= 100;
  if (!isCount && !isPercent)
    throw invalid(
      'InvalidMinimumHealthyHostValueException',
      'The minimum healthy instance value was specified in an invalid format',
    );
  return { type, value };
}
