import type { CreateServiceCommandInput } from '@aws-sdk/client-ecs';
import { invalid, notModelled } from '../errors.ts';
import type { RevisionOnly, TaskDefinition } from '../model.ts';

type Given = Partial<Pick<CreateServiceCommandInput, keyof RevisionOnly>>;

/**
 * Returns a service's settings for Service Connect, volumes, VPC Lattice, gateways and monitoring after a request. They
 * are kept as data: no proxy, volume or target comes of them. A setting that the request omits stays. Assumed: an
 * empty list removes a setting, as `enabled: false` removes Service Connect. Unknown: empty-list-removes.
 */
export function nextRevisionOnly(present: RevisionOnly, given: Given): RevisionOnly {
  const connect = given.serviceConnectConfiguration ?? present.serviceConnectConfiguration;
  const volumes = given.volumeConfigurations ?? present.volumeConfigurations ?? [];
  const lattice = given.vpcLatticeConfigurations ?? present.vpcLatticeConfigurations ?? [];
  const connectors = given.gatewayConnectors ?? present.gatewayConnectors ?? [];
  const monitoring = given.monitoring ?? present.monitoring;
  return {
    ...(connect?.enabled === true && { serviceConnectConfiguration: connect }),
    ...(volumes.length > 0 && { volumeConfigurations: volumes }),
    ...(lattice.length > 0 && { vpcLatticeConfigurations: lattice }),
    ...(connectors.length > 0 && { gatewayConnectors: connectors }),
    ...(monitoring && { monitoring }),
  };
}

/** @throws AwsError UnsupportedFeatureException, because no task set has such settings */
export function refuseRevisionOnly(controller: string, given: Given): void {
  const [setting] = Object.keys(nextRevisionOnly({}, given));
  if (setting !== undefined) throw notModelled(`${setting} under the controller ${controller}`);
}

/**
 * Refuses settings that name what the task definition lacks. The messages are AWS's, as quoted in
 * https://github.com/go-to-k/cdkd/pull/811 and in many public notes on Service Connect. Assumed: the same holds for the
 * ports of VPC Lattice and gateways, and for settings that an update keeps.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceVolumeConfiguration.html
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html
 * @throws AwsError InvalidParameterException
 */
export function refuseUnfounded(settings: RevisionOnly, { registered }: TaskDefinition): void {
  const atLaunch = (registered.volumes ?? []).filter(({ configuredAtLaunch }) => configuredAtLaunch === true);
  const volumes = settings.volumeConfigurations ?? [];
  if (volumes.some(({ name }) => !atLaunch.some((one) => one.name === name))) {
    throw invalid(
      'Volume configuration provided but no matching configuredAtLaunch volume found in task definition.',
    );
  }
  const ports = (registered.containerDefinitions ?? []).flatMap(({ portMappings = [] }) => portMappings);
  const unnamed = portNames(settings).find((wanted) => !ports.some(({ name }) => name === wanted));
  if (unnamed !== undefined) {
    throw invalid(
      `portName(${unnamed}) does not refer to any named PortMapping in the container definitions.`,
    );
  }
}

function portNames(settings: RevisionOnly): readonly string[] {
  const { serviceConnectConfiguration, vpcLatticeConfigurations = [], gatewayConnectors = [] } = settings;
  const named = [
    ...(serviceConnectConfiguration?.services ?? []),
    ...vpcLatticeConfigurations,
    ...gatewayConnectors,
  ];
  return named.flatMap(({ portName }) => portName ?? []);
}
