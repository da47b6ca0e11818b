import type {
  Application,
  ConfigurationProfile,
  Deployment,
  DeploymentStrategy,
  Environment,
  HostedConfigurationVersion,
} from '@aws-sdk/client-appconfig';
import type { Tag } from '@aws-sdk/client-cloudformation';
import { textOf, type Created, type Making, type Properties, type ResourceType } from '../resource-type.ts';

/*
 * AppConfig's types, whose `Ref` is an id or a number:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_AppConfig.html
 */

export const application: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const { Id } = await create<Application>(making, 'CreateApplication');
    return named(Id, 'ApplicationId');
  },
  delete: ({ call, ref }) => call('appconfig', 'DeleteApplication', { ApplicationId: ref }),
};

export const environment: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const { Id } = await create<Environment>(making, 'CreateEnvironment');
    return named(Id, 'EnvironmentId');
  },
  delete: ({ call, ref, properties }) =>
    call('appconfig', 'DeleteEnvironment', { ...of(properties, 'ApplicationId'), EnvironmentId: ref }),
};

export const configurationProfile: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const { Id } = await create<ConfigurationProfile>(making, 'CreateConfigurationProfile');
    return named(Id, 'ConfigurationProfileId');
  },
  delete: ({ call, ref, properties }) =>
    call('appconfig', 'DeleteConfigurationProfile', {
      ...of(properties, 'ApplicationId'),
      ConfigurationProfileId: ref,
    }),
};

/** A version, whose content is a text in the template. */
export const hostedConfigurationVersion: ResourceType = {
  create: async ({ properties, call }) => {
    const { VersionNumber } = await call<HostedConfigurationVersion>(
      'appconfig',
      'CreateHostedConfigurationVersion',
      { ...properties, Content: new TextEncoder().encode(textOf(properties['Content'])) },
    );
    return named(String(VersionNumber), 'VersionNumber');
  },
  delete: ({ call, ref, properties }) =>
    call('appconfig', 'DeleteHostedConfigurationVersion', {
      ...of(properties, 'ApplicationId', 'ConfigurationProfileId'),
      VersionNumber: Number(ref),
    }),
};

export const deploymentStrategy: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const { Id } = await create<DeploymentStrategy>(making, 'CreateDeploymentStrategy');
    return named(Id, 'Id');
  },
  delete: ({ call, ref }) => call('appconfig', 'DeleteDeploymentStrategy', { DeploymentStrategyId: ref }),
};

/** A deployment, which is stable once it is complete. Its deletion stops it only while it is in flight. */
export const configurationDeployment: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const { DeploymentNumber } = await create<Deployment>(making, 'StartDeployment');
    return named(String(DeploymentNumber), 'DeploymentNumber');
  },
  isStable: async ({ call, ref, properties }) => {
    const { State } = await call<Deployment>('appconfig', 'GetDeployment', idsOf(properties, ref));
    if (State === 'ROLLED_BACK') throw new Error(`Deployment ${ref} was rolled back`);
    return State === 'COMPLETE';
  },
  delete: async ({ call, ref, properties }) => {
    const ids = idsOf(properties, ref);
    const { State } = await call<Deployment>('appconfig', 'GetDeployment', ids);
    if (State === 'DEPLOYING' || State === 'BAKING') await call('appconfig', 'StopDeployment', ids);
  },
};

/** Creates with the properties, whose tags are a list in a template and a map in the API. */
function create<Output>({ properties, call }: Making, operation: string): Promise<Output> {
  const { Tags: list = [], ...rest } = properties;
  const tags = (list as readonly Tag[]).map(({ Key = '', Value = '' }) => [Key, Value] as const);
  return call<Output>('appconfig', operation, { ...rest, Tags: Object.fromEntries(tags) });
}

function named(ref: string | undefined, attribute: string): Created {
  return { ref: ref ?? '', attributes: { [attribute]: ref } };
}

function of(properties: Properties, ...keys: readonly string[]): Properties {
  return Object.fromEntries(keys.map((key) => [key, properties[key]]));
}

function idsOf(properties: Properties, number: string): Properties {
  return { ...of(properties, 'ApplicationId', 'EnvironmentId'), DeploymentNumber: Number(number) };
}
