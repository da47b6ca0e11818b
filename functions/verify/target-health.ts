import {
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Sign } from '../../src/rollback/health.ts';
import type { Watch } from '../../src/rollback/plan.ts';
import { nameOf } from './target-group.ts';
import { unreadable } from './unreadable.ts';
import type { Source } from './verify.ts';
import { watchedGroups } from './watched-groups.ts';

type Client = Pick<ElasticLoadBalancingV2Client, 'send'>;

/**
 * Each watched target group has as many healthy targets as before.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html
 */
export function targetHealth(client: Client): Source {
  return (rollback) => Promise.all(watchedGroups(rollback).map((group) => signOf(client, group)));
}

async function signOf(client: Client, { arn, wanted }: Watch['targetGroups'][number]): Promise<Sign> {
  const of = `target group ${nameOf(arn)}`;
  try {
    const states = await statesIn(client, arn);
    const healthy = states.filter((state) => state === 'healthy').length;
    const says = `${healthy} healthy of ${wanted} wanted${others(states)}`;
    return { of, state: healthy >= wanted ? 'healthy' : 'unhealthy', says };
  } catch (error) {
    return unreadable(of, error);
  }
}

async function statesIn(client: Client, TargetGroupArn: string): Promise<readonly string[]> {
  const { TargetHealthDescriptions = [] } = await client.send(
    new DescribeTargetHealthCommand({ TargetGroupArn }),
  );
  return TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State ?? 'unavailable');
}

/** `, 2 unhealthy, 1 initial` */
function others(states: readonly string[]): string {
  const kinds = [...new Set(states)].filter((state) => state !== 'healthy');
  return kinds.map((kind) => `, ${states.filter((state) => state === kind).length} ${kind}`).join('');
}
