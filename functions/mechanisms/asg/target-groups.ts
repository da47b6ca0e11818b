import {
  DescribeTargetGroupsCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { isNamed } from '../../../src/aws/errors.ts';
import { toTargetGroup, type TargetGroup } from '../../../src/aws/target-groups.ts';

/** Reads the target groups of a group's instances from Elastic Load Balancing. */
export interface TargetGroups {
  /** Returns target groups by their ARNs. Deleted ones are left out. */
  of(arns: readonly string[]): Promise<readonly TargetGroup[]>;
}

export function createTargetGroups(client: Pick<ElasticLoadBalancingV2Client, 'send'>): TargetGroups {
  const describe = async (arns: readonly string[]): Promise<readonly TargetGroup[] | null> => {
    try {
      const command = new DescribeTargetGroupsCommand({ TargetGroupArns: [...arns] });
      return ((await client.send(command)).TargetGroups ?? []).map(toTargetGroup);
    } catch (error) {
      if (isNamed(error, 'TargetGroupNotFoundException', 'TargetGroupNotFound')) return null;
      throw error;
    }
  };
  return {
    of: async (arns) => {
      if (arns.length === 0) return [];
      // A deleted one makes the call fail for all others.
      const each = () => Promise.all(arns.map((arn) => describe([arn])));
      return (await describe(arns)) ?? (await each()).flatMap((found) => found ?? []);
    },
  };
}
