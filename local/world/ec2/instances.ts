import type {
  DescribeInstancesRequest,
  DescribeInstancesResult,
  Instance,
  InstanceStateName,
} from '@aws-sdk/client-ec2';
import { ACCOUNT } from '../aws.ts';
import type { GroupInstance, GroupInstances } from '../seams.ts';
import { AwsError } from '../service.ts';

/** The one filter that is modelled. */
const BY_ID = 'instance-id';

/**
 * Instances of Auto Scaling groups, asked for by their ids. Those that have ended are not shown any more, which AWS does
 * for up to an hour. The instances that CodeDeploy deploys to are not shown here.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html
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
  { InstanceIds, Filters = [] }: DescribeInstancesRequest,
): DescribeInstancesResult {
  const [filter, ...others] = Filters;
  if (others.length > 0 || (filter !== undefined && filter.Name !== BY_ID))
    throw new AwsError('InvalidParameterValue', `The only filter that is modelled here is ${BY_ID}`);
  if (filter === undefined && InstanceIds === undefined)
    throw new AwsError('InvalidParameterCombination', 'A list of all instances is not modelled here');
  const gone = InstanceIds?.find((id) => !all.some((instance) => instance.id === id));
  if (gone !== undefined)
    throw new AwsError('InvalidInstanceID.NotFound', `The instance ID '${gone}' does not exist`);
  const found = all.filter(
    ({ id }) => (InstanceIds?.includes(id) ?? true) && (filter?.Values?.includes(id) ?? true),
  );
  return { Reservations: found.map((one) => ({ OwnerId: ACCOUNT, Instances: [toInstance(one)] })) };
}

function toInstance({ id, type, imageId, launchedAt, lifecycle }: GroupInstance): Instance {
  return {
    InstanceId: id,
    InstanceType: type as NonNullable<Instance['InstanceType']>,
    ImageId: imageId,
    LaunchTime: new Date(launchedAt),
    State: { Name: stateOf(lifecycle) },
  };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html */
function stateOf(lifecycle: string): InstanceStateName {
  if (lifecycle === 'Pending') return 'pending';
  return lifecycle === 'Terminating' ? 'shutting-down' : 'running';
}
