import {
  DescribeTargetGroupsCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { isNamed } from '../../../src/aws/errors.ts';
import { toTargetGroup, type TargetGroup } from '../../../src/aws/target-groups.ts';

/** Reads the target groups that a deployment group names from Elastic Load Balancing. */
export interface TargetGroups {
  /** Returns target groups by their names. Deleted ones are left out. */
  named(names: readonly string[]): Promise<readonly TargetGroup[]>;
}

/** Reads one name per call, because a missing name makes the call fail for all others. */
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
