import type {
  DeploymentConfigInfo,
  GetDeploymentConfigInput,
  GetDeploymentConfigOutput,
} from '@aws-sdk/client-codedeploy';
import type { Operation } from '../../service.ts';
import { invalid } from '../errors.ts';
import { configArn } from '../names.ts';

/**
 * The predefined configurations for instances. That of OneAtATime has a type of its own in answers only
 * (API_MinimumHealthyHosts).
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
 */
const SERVER: Readonly<Record<string, { readonly type: string; readonly value: number }>> = {
  'CodeDeployDefault.AllAtOnce': { type: 'HOST_COUNT', value: 0 },
  'CodeDeployDefault.HalfAtATime': { type: 'FLEET_PERCENT', value: 50 },
  'CodeDeployDefault.OneAtATime': { type: 'MOST_CONCURRENCY', value: 1 },
};

/** The operations on deployment configurations. Only the predefined ones for instances are modelled. */
export function configOperations(): Readonly<Record<string, Operation>> {
  return {
    GetDeploymentConfig: {
      authorize: ({ deploymentConfigName = '' }: GetDeploymentConfigInput) => [
        { action: 'codedeploy:GetDeploymentConfig', resource: configArn(deploymentConfigName) },
      ],
      run: ({ deploymentConfigName: name = '' }: GetDeploymentConfigInput): GetDeploymentConfigOutput => {
        const minimumHealthyHosts = SERVER[name];
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
