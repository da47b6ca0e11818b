import type {
  AuthorizeSecurityGroupIngressRequest,
  AuthorizeSecurityGroupIngressResult,
  CreateSecurityGroupRequest,
  CreateSecurityGroupResult,
  DeleteSecurityGroupRequest,
  DeleteSecurityGroupResult,
  DescribeSubnetsRequest,
  DescribeSubnetsResult,
  DescribeVpcsRequest,
  DescribeVpcsResult,
  Filter,
} from '@aws-sdk/client-ec2';
import { ACCOUNT, arn, REGION } from '../aws.ts';
import { AwsError } from '../service.ts';
import type { Ec2State } from './state.ts';

/** The default VPC of the account, which has one public subnet in each of two zones. It is the only one. */
const VPC = { VpcId: 'vpc-0a1b2c3d', CidrBlock: '172.31.0.0/16', IsDefault: true } as const;
const SUBNETS = [
  { SubnetId: 'subnet-0a1b2c3d', AvailabilityZone: `${REGION}a`, CidrBlock: '172.31.0.0/20' },
  { SubnetId: 'subnet-4e5f6a7b', AvailabilityZone: `${REGION}b`, CidrBlock: '172.31.16.0/20' },
] as const;

/**
 * The operations on the network: the default VPC, its subnets, and security groups. No traffic is refused by a group.
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
 */
export function networkOperations(ec2: Ec2State) {
  const reading = (action: string) => () => [{ action: `ec2:${action}`, resource: '*' }];
  const onGroup =
    (action: string) =>
    ({ GroupId = '*' }: { readonly GroupId?: string | undefined }) => [
      { action: `ec2:${action}`, resource: arn('ec2', `security-group/${GroupId}`) },
    ];
  return {
    DescribeVpcs: {
      authorize: reading('DescribeVpcs'),
      run: ({ Filters = [] }: DescribeVpcsRequest): DescribeVpcsResult => {
        const isAsked = Filters.every((filter) =>
          passes(filter, { 'is-default': 'true', 'vpc-id': VPC.VpcId }),
        );
        return { Vpcs: isAsked ? [{ ...VPC, State: 'available', OwnerId: ACCOUNT }] : [] };
      },
    },
    DescribeSubnets: {
      authorize: reading('DescribeSubnets'),
      run: ({ Filters = [] }: DescribeSubnetsRequest): DescribeSubnetsResult => {
        const values = { 'default-for-az': 'true', 'vpc-id': VPC.VpcId };
        const isAsked = Filters.every((filter) => passes(filter, values));
        const of = { VpcId: VPC.VpcId, DefaultForAz: true, MapPublicIpOnLaunch: true };
        return { Subnets: isAsked ? SUBNETS.map((subnet) => ({ ...subnet, ...of })) : [] };
      },
    },
    CreateSecurityGroup: {
      authorize: () => onGroup('CreateSecurityGroup')({}),
      run: (input: CreateSecurityGroupRequest) => create(ec2, input),
    },
    AuthorizeSecurityGroupIngress: {
      authorize: onGroup('AuthorizeSecurityGroupIngress'),
      run: ({ GroupId }: AuthorizeSecurityGroupIngressRequest): AuthorizeSecurityGroupIngressResult => {
        get(ec2, GroupId);
        return { Return: true };
      },
    },
    DeleteSecurityGroup: {
      authorize: onGroup('DeleteSecurityGroup'),
      run: ({ GroupId }: DeleteSecurityGroupRequest): DeleteSecurityGroupResult => {
        const id = get(ec2, GroupId);
        ec2.securityGroups.delete(id);
        return { Return: true, GroupId: id };
      },
    },
  };
}

function passes({ Name = '', Values = [] }: Filter, values: Readonly<Record<string, string>>): boolean {
  const value = values[Name];
  if (value === undefined)
    throw new AwsError('InvalidParameterValue', `The filter '${Name}' is not modelled here`);
  return Values.includes(value);
}

function create(
  { securityGroups, random }: Ec2State,
  { GroupName = '', VpcId }: CreateSecurityGroupRequest,
): CreateSecurityGroupResult {
  if (VpcId !== VPC.VpcId)
    throw new AwsError('InvalidVpcID.NotFound', `The vpc ID '${VpcId ?? ''}' does not exist`);
  if ([...securityGroups.values()].includes(GroupName))
    throw new AwsError(
      'InvalidGroup.Duplicate',
      `The security group '${GroupName}' already exists for VPC '${VpcId}'`,
    );
  const GroupId = `sg-0${random(`ec2/security-group/${GroupName}`).hex(16)}`;
  securityGroups.set(GroupId, GroupName);
  return { GroupId };
}

/** @throws AwsError InvalidGroup.NotFound */
function get({ securityGroups }: Ec2State, id = ''): string {
  if (securityGroups.has(id)) return id;
  throw new AwsError('InvalidGroup.NotFound', `The security group '${id}' does not exist`);
}
