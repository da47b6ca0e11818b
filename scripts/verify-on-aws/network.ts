import { DescribeSubnetsCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { CannotSay } from '../command-line/status.ts';
import type { Clients } from './clients.ts';

/** The default VPC and its default subnets, which reach the internet. */
export interface Network {
  readonly vpc: string;
  readonly subnets: readonly string[];
}

/** @throws CannotSay when the Region has no default VPC with subnets in two zones */
export async function defaultNetwork({ ec2 }: Pick<Clients, 'ec2'>): Promise<Network> {
  const isDefault = { Name: 'is-default', Values: ['true'] };
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({ Filters: [isDefault] }));
  const vpc = Vpcs[0]?.VpcId;
  if (vpc === undefined)
    throw new CannotSay('there is no default VPC in this Region: create it with aws ec2 create-default-vpc');
  const Filters = [
    { Name: 'vpc-id', Values: [vpc] },
    { Name: 'default-for-az', Values: ['true'] },
  ];
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters }));
  const subnets = Subnets.flatMap(({ SubnetId }) => SubnetId ?? []);
  if (subnets.length < 2)
    throw new CannotSay(
      `the default VPC ${vpc} has fewer than two default subnets, which a load balancer needs`,
    );
  return { vpc, subnets };
}
