import {
  DescribeTargetGroupsCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { isNamed } from '../../../src/aws/errors.ts';

/** Elastic Load Balancing, as far as a deployment group names it. */
export interface TargetGroups {
  /** The ARNs of target groups by their names. Those that are not there are left out. */
  arns(names: readonly string[]): Promise<readonly string[]>;
}

/** One call a name: a name that is not there fails the call for all others too. */
export function createTargetGroups(client: Pick<ElasticLoadBalancingV2Client, 'send'>): TargetGroups {
  return {
    arns: async (names) => (await Promise.all(names.map((name) => arnsOf(client, name)))).flat(),
  };
}

async function arnsOf(
  client: Pick<ElasticLoadBalancingV2Client, 'send'>,
  name: string,
): Promise<readonly string[]> {
  try {
    const { TargetGroups = [] } = await client.send(new DescribeTargetGroupsCommand({ Names: [name] }));
    return TargetGroups.flatMap(({ TargetGroupArn }) => TargetGroupArn ?? []);
  } catch (error) {
    if (isNamed(error, 'TargetGroupNotFoundException', 'TargetGroupNotFound')) return [];
    throw error;
  }
}
