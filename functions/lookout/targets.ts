import {
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { isNamed } from '../../src/aws/errors.ts';
import type { BothSides, Targets } from '../../src/lookout/document.ts';

/** Reads the targets in the groups of both sides, one call a group. */
export type ReadTargets = (sides: BothSides) => Promise<readonly Targets[]>;

type Client = Pick<ElasticLoadBalancingV2Client, 'send'>;

/** The document is limited, and a group may have a thousand targets. */
const MAX_IDS = 300;

/**
 * A group that both sides share counts for the newer one.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html
 */
export function createReadTargets(client: Client): ReadTargets {
  return ({ newer, older }) => {
    const ofOlder = older.groups.filter((group) => !newer.groups.includes(group));
    const groups = [
      ...newer.groups.map((arn) => ({ arn, side: 'newer' }) as const),
      ...ofOlder.map((arn) => ({ arn, side: 'older' }) as const),
    ];
    return Promise.all(groups.map(async ({ arn, side }) => toTargets(side, await healthOf(client, arn))));
  };
}

async function healthOf(client: Client, TargetGroupArn: string): Promise<readonly TargetHealthDescription[]> {
  try {
    const command = new DescribeTargetHealthCommand({ TargetGroupArn });
    return (await client.send(command)).TargetHealthDescriptions ?? [];
  } catch (error) {
    // The clean-up of a blue/green deployment may delete a group.
    if (isNamed(error, 'TargetGroupNotFoundException', 'TargetGroupNotFound')) return [];
    throw error;
  }
}

function toTargets(side: Targets['side'], all: readonly TargetHealthDescription[]): Targets {
  const inState = (state: string) =>
    all
      .filter(({ TargetHealth }) => TargetHealth?.State === state)
      .map(({ Target }) => `${Target?.Id ?? ''}:${Target?.Port ?? ''}`);
  const [healthy, unhealthy] = [inState('healthy'), inState('unhealthy')];
  const others = all.length - healthy.length - unhealthy.length;
  return { side, healthy: healthy.slice(0, MAX_IDS), unhealthy: unhealthy.slice(0, MAX_IDS), others };
}
