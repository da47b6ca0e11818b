import {
  DescribeTargetGroupsCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { isNamed } from '../../../src/aws/errors.ts';
import { toTargetGroup, type TargetGroup } from '../../../src/aws/target-groups.ts';

/** Elastic Load Balancing, as far as a deployment group names it. */
export interface TargetGroups {
  /** Target groups by their names. Those that are not there are left out. */
  named(names: readonly string[]): Promise<readonly TargetGroup[]>;
}

/** One call a name: a name that is not there fails the call for all others too. */
export function createTargetGroups(client: Pick<ElasticLoadBalancingV2Client, 'send'>): TargetGroups {
  return {
    named: async (names) => (await Promise.all(names.map((name) => describe(client, name)))).flat(),
  };
}

async function describe(
  client: Pick<ElasticLoadBalancingV2Client, 'send'>,
  name: string,
): Promise<readonly TargetGroup[]> {
  try {
    const { TargetGroups = [] } = await client.send(new DescribeTargetGroupsCommand({ Names: [name] }));
    return TargetGroups.map(toTargetGroup);
  } catch (error) {
    if (isNamed(error, 'TargetGroupNotFoundException', 'TargetGroupNotFound')) return [];
    throw error;
  }
}
