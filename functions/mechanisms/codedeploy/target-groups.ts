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

export function createTargetGroups(client: ElasticLoadBalancingV2Client): TargetGroups {
  return {
    arns: async (names) => {
      try {
        const { TargetGroups = [] } = await client.send(
          new DescribeTargetGroupsCommand({ Names: [...names] }),
        );
        return TargetGroups.flatMap(({ TargetGroupArn }) => TargetGroupArn ?? []);
      } catch (error) {
        if (isNamed(error, 'TargetGroupNotFoundException', 'TargetGroupNotFound')) return [];
        throw error;
      }
    },
  };
}
