import {
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ReadSign } from '../../src/rollback/health.ts';
import type { Watch } from '../../src/rollback/plan.ts';
import { nameOf } from './target-group.ts';
import { unreadable } from './unreadable.ts';
import type { SignSource } from './verify.ts';
import { watchedGroups } from './watched-groups.ts';

type Client = Pick<ElasticLoadBalancingV2Client, 'send'>;

/**
 * Reads one sign for each watched target group: it must have as many healthy targets as before. If no group wants any,
 * because an operator scaled the target to zero, no target serves users, and that is not healthy.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html
 */
export function targetHealth(client: Client): SignSource {
  return (rollback) => {
    const groups = watchedGroups(rollback);
    const least = groups.some(({ wanted }) => wanted > 0) ? 0 : 1;
    return Promise.all(groups.map((group) => signOf(client, group, least)));
  };
}

/**
 * Reads the sign of one target group.
 * @param least the fewest healthy targets that serve users
 */
async function signOf(
  client: Client,
  { arn, wanted }: Watch['targetGroups'][number],
  least: number,
): Promise<ReadSign> {
  const of = `target group ${nameOf(arn)}`;
  try {
    const states = await statesIn(client, arn);
    const healthy = states.filter((state) => state === 'healthy').length;
    const idle = healthy < least ? ': no target serves users' : '';
    const says = `${healthy} healthy of ${wanted} wanted${others(states)}${idle}`;
    const state = healthy >= Math.max(wanted, least) ? 'healthy' : 'unhealthy';
    return { of, shows: 'targets', state, says };
  } catch (error) {
    return { ...unreadable(of, error), shows: 'targets' };
  }
}

async function statesIn(client: Client, TargetGroupArn: string): Promise<readonly string[]> {
  const { TargetHealthDescriptions = [] } = await client.send(
    new DescribeTargetHealthCommand({ TargetGroupArn }),
  );
  return TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State ?? 'unavailable');
}

/** Writes `, 2 unhealthy, 1 initial`. */
function others(states: readonly string[]): string {
  const kinds = [...new Set(states)].filter((state) => state !== 'healthy');
  return kinds.map((kind) => `, ${states.filter((state) => state === kind).length} ${kind}`).join('');
}
