import { honouring } from '../service.ts';

/**
 * Lists the input members that each operation honours. Settings that no task, proxy or metric here obeys are kept and
 * shown, so they count as honoured: those of task definitions, Service Connect, volumes, VPC Lattice and monitoring.
 */
export const HONOURED = honouring({
  ContinueServiceDeployment: 'serviceDeploymentArn hookId action',
  CreateCluster: 'clusterName tags capacityProviders',
  DeleteCluster: 'cluster',
  CreateService: `
    cluster serviceName taskDefinition availabilityZoneRebalancing loadBalancers serviceRegistries
    desiredCount launchType capacityProviderStrategy platformVersion deploymentConfiguration
    networkConfiguration healthCheckGracePeriodSeconds schedulingStrategy deploymentController tags
    enableECSManagedTags propagateTags enableExecuteCommand serviceConnectConfiguration
    volumeConfigurations vpcLatticeConfigurations gatewayConnectors monitoring`,
  CreateTaskSet: `
    service cluster externalId taskDefinition networkConfiguration loadBalancers serviceRegistries
    launchType capacityProviderStrategy platformVersion scale clientToken tags`,

  DeleteService: 'cluster service force',
  DeleteTaskSet: 'cluster service taskSet force',
  DeregisterTaskDefinition: 'taskDefinition',
  DescribeClusters: 'clusters include',
  DescribeServiceDeployments: 'serviceDeploymentArns',
  DescribeServiceRevisions: 'serviceRevisionArns',
  DescribeServices: 'cluster services include',
  DescribeTaskDefinition: 'taskDefinition include',
  DescribeTaskSets: 'cluster service taskSets include',
  DescribeTasks: 'cluster tasks',
  ListClusters: 'nextToken maxResults',
  ListServiceDeployments: 'service cluster status createdAt nextToken maxResults',
  ListServices: 'cluster nextToken maxResults',
  ListTagsForResource: 'resourceArn',
  ListTaskDefinitions: 'familyPrefix status sort nextToken maxResults',
  ListTasks: 'cluster family nextToken maxResults startedBy serviceName desiredStatus',
  RegisterTaskDefinition: `
    family taskRoleArn executionRoleArn networkMode containerDefinitions volumes placementConstraints
    requiresCompatibilities cpu memory tags pidMode ipcMode proxyConfiguration inferenceAccelerators
    ephemeralStorage runtimePlatform enableFaultInjection`,
  StopServiceDeployment: 'serviceDeploymentArn stopType',
  TagResource: 'resourceArn tags',
  UntagResource: 'resourceArn tagKeys',
  UpdateService: `
    cluster service desiredCount taskDefinition capacityProviderStrategy deploymentConfiguration
    availabilityZoneRebalancing networkConfiguration platformVersion forceNewDeployment
    healthCheckGracePeriodSeconds deploymentController enableExecuteCommand enableECSManagedTags
    loadBalancers propagateTags serviceRegistries serviceConnectConfiguration volumeConfigurations
    vpcLatticeConfigurations gatewayConnectors monitoring`,
  UpdateServicePrimaryTaskSet: 'cluster service primaryTaskSet',
  UpdateTaskSet: 'cluster service taskSet scale',
});
