import type { UpdateServiceCommandInput } from '@aws-sdk/client-ecs';
import { invalid } from '../errors.ts';
import type { Service } from '../model.ts';

/** Names the settings that need a deployment, in the words of the refusal. */
const DEPLOYED: Readonly<Partial<Record<keyof UpdateServiceCommandInput, string>>> = {
  taskDefinition: 'task definition',
  networkConfiguration: 'network configuration',
  platformVersion: 'platform version',
  loadBalancers: 'load balancers',
  serviceRegistries: 'service registries',
  capacityProviderStrategy: 'capacity provider strategy',
  serviceConnectConfiguration: 'service connect configuration',
  volumeConfigurations: 'volume configurations',
  vpcLatticeConfigurations: 'VPC Lattice configurations',
  gatewayConnectors: 'gateway connectors',
  monitoring: 'monitoring',
};

/**
 * Refuses settings that need a deployment: UpdateService changes only the others on these services. The first message
 * is quoted from AWS; the others follow it.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 * @throws AwsError InvalidParameterException
 */
export function refuseDeploying({ controller }: Service, input: UpdateServiceCommandInput): void {
  const instead =
    controller === 'CODE_DEPLOY'
      ? 'Use AWS CodeDeploy to trigger a new deployment.'
      : 'Create a new task set.';
  const on = `on services with a ${controller} deployment controller. ${instead}`;
  const [field] = Object.entries(DEPLOYED).filter(([name]) => Object.hasOwn(input, name));
  if (field !== undefined) throw invalid(`Unable to update ${field[1]} ${on}`);
  if (input.forceNewDeployment === true) throw invalid(`Cannot force a new deployment ${on}`);
  if (controller === 'EXTERNAL' && input.deploymentConfiguration !== undefined)
    throw invalid(`Unable to update deployment configuration ${on}`);
}
