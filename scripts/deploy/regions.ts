/**
 * Regions with every resource type of the template, but for schema registries. Source: the resource types of each
 * Region as cfn-lint 1.42 lists them (9 December 2025). HTTP APIs lack in ap-east-2 and ap-southeast-6. Other
 * partitions than `aws` have them too, and are untried. Unknown: arm64-regions.
 */
export const REGIONS: readonly string[] = [
  ...['af-south-1', 'ap-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1'],
  ...['ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4'],
  ...['ap-southeast-5', 'ap-southeast-7', 'ca-central-1', 'ca-west-1', 'eu-central-1', 'eu-central-2'],
  ...['eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'il-central-1'],
  ...['me-central-1', 'me-south-1', 'mx-central-1', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1'],
  'us-west-2',
];

/** Those without schema registries. The condition in src/events/registry.yml leaves the schemas out there. */
export const WITHOUT_REGISTRIES: readonly string[] = [
  ...['ap-south-2', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-7', 'ca-west-1', 'il-central-1'],
  'mx-central-1',
];
