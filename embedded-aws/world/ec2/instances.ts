import type {
  DescribeInstancesRequest,
  DescribeInstancesResult,
  Filter,
  Instance,
  InstanceStateName,
} from '@aws-sdk/client-ec2';
import { ACCOUNT } from '../aws.ts';
import type { GroupInstance, GroupInstances } from '../seams.ts';
import { AwsError } from '../service.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html, `MaxResults` */
const MAX_PER_PAGE = 1000;

/** The filters that are modelled. */
const FILTERS: Readonly<Record<string, (instance: GroupInstance) => string>> = {
  'instance-id': ({ id }) => id,
  'tag:aws:autoscaling:groupName': ({ group }) => group,
};

/**
 * The operations on instances of Auto Scaling groups, by their ids or their group. Ended ones are shown for another
 * hour, with their tags. AWS says that tags "may no longer be visible on the terminated instance after a short while",
 * without a figure. The instances that CodeDeploy deploys to are not shown.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html
 * Unknown: ended-instance-tags.
 */
export function instanceOperations(groups: () => GroupInstances) {
  return {
    DescribeInstances: {
      authorize: () => [{ action: 'ec2:DescribeInstances', resource: '*' }],
      run: (input: DescribeInstancesRequest) => describe(groups().launchedByGroups(), input),
    },
  };
}

function describe(
  all: readonly GroupInstance[],
  { InstanceIds, Filters = [], MaxResults, NextToken }: DescribeInstancesRequest,
): DescribeInstancesResult {
  if (InstanceIds !== undefined && MaxResults !== undefined)
    throw new AwsError(
      'InvalidParameterCombination',
      'The parameters instancesSet and maxResults exclude each other',
    );
  if (Filters.length === 0 && InstanceIds === undefined)
    throw new AwsError('InvalidParameterCombination', 'A list of all instances is not modelled here');
  const gone = InstanceIds?.find((id) => !all.some((instance) => instance.id === id));
  if (gone !== undefined)
    throw new AwsError('InvalidInstanceID.NotFound', `The instance ID '${gone}' does not exist`);
  const asked = all.filter(({ id }) => InstanceIds?.includes(id) ?? true);
  const found = Filters.reduce(matching, asked);
  const from = NextToken === undefined ? 0 : Number(NextToken);
  const to = from + (MaxResults ?? MAX_PER_PAGE);
  return {
    Reservations: found.slice(from, to).map((one) => ({ OwnerId: ACCOUNT, Instances: [toInstance(one)] })),
    ...(to < found.length && { NextToken: String(to) }),
  };
}

function matching(instances: readonly GroupInstance[], { Name = '', Values = [] }: Filter) {
  const valueOf = FILTERS[Name];
  if (valueOf === undefined)
    throw new AwsError('InvalidParameterValue', `The filter '${Name}' is not modelled here`);
  return instances.filter((instance) => Values.includes(valueOf(instance)));
}

/** Describes an instance, with only the tags that AWS itself sets. */
function toInstance({ id, type, imageId, launchedAt, lifecycle, group, template }: GroupInstance): Instance {
  return {
    InstanceId: id,
    InstanceType: type as NonNullable<Instance['InstanceType']>,
    ImageId: imageId,
    LaunchTime: new Date(launchedAt),
    State: { Name: stateOf(lifecycle) },
    Tags: [
      { Key: 'aws:autoscaling:groupName', Value: group },
      { Key: 'aws:ec2launchtemplate:id', Value: template.id },
      { Key: 'aws:ec2launchtemplate:version', Value: template.version },
    ],
  };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html */
function stateOf(lifecycle: string): InstanceStateName {
  if (lifecycle === 'Pending') return 'pending';
  if (lifecycle === 'Terminated') return 'terminated';
  return lifecycle === 'Terminating' ? 'shutting-down' : 'running';
}
